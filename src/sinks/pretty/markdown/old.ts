import type { Styler } from './styler.ts';
import type { Ink, Paint } from './theme.ts';

/**
 * Styles Markdown. It only ever adds colour: every character comes out, in order, markers too (dimmed), so that what
 * looks like Markdown and is not (a glob, a power) is never damaged. It holds back only a marker whose meaning the next
 * character decides.
 */
export function createMarkdownStyler(paint: Paint): Styler {
  let output = '';
  let run = '';
  let runInk: Ink = 'plain';
  /** A line's first characters that may turn out a marker; null once that is decided. */
  let opening: string | null = '';
  /** Asterisks or backticks that may not be complete. */
  let held = '';
  let previous = '';
  let fence = '';
  let code = '';
  let bold = false;
  let lineInk: Ink | null = null;

  function emit(ink: Ink, text: string): void {
    if (text === '') return;
    if (ink !== runInk) flush();
    runInk = ink;
    run += text;
    previous = text.slice(-1);
  }

  function flush(): void {
    if (run !== '') output += paint(runInk, run);
    run = '';
  }

  function take(character: string): void {
    if (character === '\n') endLine();
    else if (opening === null) takeInline(character);
    else if (opening === '' && /\s/.test(character)) emit('plain', character);
    else takeOpening(opening + character);
  }

  function takeOpening(start: string): void {
    if (fence !== '') {
      if (fence.startsWith(start)) opening = start;
      else startBody(start);
      if (start === fence) closeFence(start);
    } else if (/^(?:```|~~~)$/.test(start)) openFence(start);
    else if (/^#{1,6}\s$/.test(start)) startLine('heading', 'heading', start);
    else if (/^(?:[-*+]|\d{1,9}[.)])\s$/.test(start)) startLine('accent', null, start);
    else if (/^>$/.test(start)) startLine('marker', null, start);
    else if (/^(?:#{1,6}|[-*+]|\d{1,9}[.)]?|`{1,2}|~{1,2})$/.test(start)) opening = start;
    else startBody(start);
  }

  function startBody(start: string): void {
    opening = null;
    for (const character of start) takeInline(character);
  }

  function startLine(ink: Ink, rest: Ink | null, start: string): void {
    opening = null;
    lineInk = rest;
    emit(ink, start);
  }

  function openFence(start: string): void {
    fence = start;
    startLine('marker', 'marker', start);
  }

  function closeFence(start: string): void {
    fence = '';
    startLine('marker', 'marker', start);
  }

  function takeInline(character: string): void {
    if (fence !== '' || lineInk === 'marker') return emit(lineInk ?? 'code', character);
    if (held !== '' && character !== held[0]) settle(character);
    if (character === '`' || (character === '*' && code === '')) held += character;
    else emit(inkNow(), character);
  }

  /** Decides what the held marker is, now that the character after it is known. */
  function settle(next: string): void {
    const marker = held;
    held = '';
    if (marker.startsWith('`')) {
      if (code === '') {
        code = next === '' ? '' : marker;
        emit('marker', marker);
      } else if (code === marker) {
        code = '';
        emit('marker', marker);
      } else emit('code', marker);
    } else if (marker.length === 2 && (bold ? !/^\s?$/.test(previous) : opensBold(previous, next))) {
      bold = !bold;
      emit('marker', marker);
    } else emit(inkNow(), marker);
  }

  function inkNow(): Ink {
    return code === '' ? (lineInk ?? (bold ? 'strong' : 'plain')) : 'code';
  }

  function endLine(): void {
    settleLine();
    emit('plain', '\n');
    startLineAnew();
  }

  function settleLine(): void {
    if (opening !== null && opening !== '') startBody(opening);
    if (held !== '') settle('');
  }

  function startLineAnew(): void {
    opening = code = '';
    bold = false;
    lineInk = null;
  }

  function drain(): string {
    flush();
    const styled = output;
    output = '';
    return styled;
  }

  return {
    push(text) {
      for (const character of text) take(character);
      return drain();
    },
    end() {
      settleLine();
      startLineAnew();
      fence = previous = '';
      return drain();
    },
  };
}

/** As CommonMark, but stricter, for the sake of globs (`src/**`) and powers (`2**8`). */
function opensBold(previous: string, next: string): boolean {
  return !/\w/.test(previous) && /^[^\s*/.,;:!?)\]}]/.test(next);
}
