import { createNeutraliser, type Neutraliser } from '../neutralise.ts';
import type { Styler } from './styler.ts';

/** What has been laid out but not yet written, and where that leaves the cursor. */
export interface Page {
  /** Adds to the flowing text, which may come in any pieces; opens one when none is open. */
  flow(text: string, style: () => Styler): void;
  /** Ends the flowing text, if one is open. */
  endFlow(): void;
  /** Adds whole lines, which are rendered already. Those that can wait do not break into a flowing text. */
  lines(lines: readonly string[], canWait: boolean): void;
  /** Leaves one empty line before what comes next. */
  gap(): void;
  /** Takes what is to be written now. */
  take(): string;
  atLineStart(): boolean;
}

interface Flow {
  readonly neutraliser: Neutraliser;
  readonly styler: Styler;
  begun: boolean;
}

/** Lays out flowing texts and blocks of lines, with one empty line between them. */
export function createPage(): Page {
  let pending = '';
  /** How many newlines all that was laid out ends with, up to 2; at the top there is nothing to keep apart. */
  let newlines = 2;
  let flow: Flow | null = null;
  let afterFlow = false;
  let waiting: string[] = [];

  function add(text: string): void {
    if (text === '') return;
    pending += text;
    const trailing = /\n*$/.exec(text.slice(-2))?.[0].length ?? 0;
    newlines = trailing === text.length ? Math.min(2, newlines + trailing) : trailing;
  }

  function gap(): void {
    endFlow();
    add('\n'.repeat(2 - newlines));
  }

  function endFlow(): void {
    if (flow === null) return;
    const { neutraliser, styler } = flow;
    addFlow(flow, neutraliser.end());
    add(styler.end());
    flow = null;
    if (newlines === 0) add('\n');
    addLines(waiting);
    waiting = [];
  }

  function addLines(lines: readonly string[]): void {
    if (lines.length === 0) return;
    if (afterFlow) add('\n'.repeat(2 - newlines));
    afterFlow = false;
    for (const line of lines) add(`${line}\n`);
  }

  function addFlow(into: Flow, safe: string): void {
    const text = into.begun ? safe : safe.replace(/^\n+/, '');
    if (text === '') return;
    if (!into.begun) add('\n'.repeat(2 - newlines));
    into.begun = afterFlow = true;
    add(into.styler.push(text));
  }

  return {
    flow(text, style) {
      flow ??= { neutraliser: createNeutraliser(), styler: style(), begun: false };
      addFlow(flow, flow.neutraliser.push(text));
    },
    endFlow,
    lines(lines, canWait) {
      if (canWait && flow?.begun === true) {
        waiting.push(...lines);
        return;
      }
      endFlow();
      addLines(lines);
    },
    gap,
    take() {
      const text = pending;
      pending = '';
      return text;
    },
    atLineStart: () => newlines > 0,
  };
}
