import { followAnswer } from '../pretty/answer-shown.ts';
import { orderCalls } from '../pretty/call-order.ts';
import type { Entry, EntryOf } from '../pretty/entry.ts';
import { flatten } from '../pretty/flatten.ts';
import { countOf, formatDuration } from '../pretty/format.ts';
import type { LinesEntry } from '../pretty/headline.ts';
import { MARKS, RAIL } from '../pretty/marks.ts';
import { isUrgent, TONES } from '../pretty/notice.ts';
import { followOwnWords } from '../pretty/own-words.ts';
import { createTranscript } from '../pretty/transcript.ts';
import { areFindings } from '../../outcome/findings.ts';
import type { RunEvent } from '../../messages/types.ts';
import { defuseCommands, neutralise } from '../safe-text.ts';
import type { Output } from '../output.ts';
import type { Ending, Sink } from '../sink.ts';

/** How a CI system folds lines of a log; each gives whole lines. */
export interface Folds {
  open(title: string, at: string): string;
  close(at: string): string;
}

/** A run as lines of a CI system's log. */
export interface RunLog {
  see(event: RunEvent): string;
  /** The last lines: what was not shown of the answer, and how the run ended. */
  end(ending: Ending): Promise<string>;
}

/**
 * A sink that prints a run as a log that folds.
 * @param after what is printed below it
 */
export function createRunLogSink(out: Output, log: RunLog, after: (ending: Ending) => string = () => ''): Sink {
  return {
    write(event) {
      const text = log.see(event);
      return text === '' ? undefined : out.write(text);
    },
    async close(ending) {
      await out.write((await log.end(ending)) + after(ending));
    },
  };
}

/**
 * Makes lines of a run for a log that folds: each call of a tool is folded with what came of it, a failure is told below
 * once more. Every line begins with a gutter, which keeps its text from being taken for a command. Nothing is rendered or
 * wrapped: those logs do so themselves, and a run of any length costs little.
 */
export function createRunLog(folds: Folds, options: { readonly showThinking: boolean }): RunLog {
  const transcript = createTranscript({ ...options, showSystem: true, resultLines: FOLDED_LINES });
  const order = orderCalls((entry) => entry.kind === 'notice' && isUrgent(entry.tone));
  const answer = followAnswer();
  const ownWords = followOwnWords();
  let open: string | null = null;
  let latest = '';

  function print(entry: Entry): string {
    const before = printOwnWords(ownWords.release());
    if (entry.kind === 'text' && entry.depth === 0 && entry.own) {
      ownWords.hold(entry);
      return before;
    }
    return before + printNow(entry);
  }

  function printNow(entry: Entry): string {
    const { at, depth } = entry;
    if (depth > 0) return linesOf(entry, true, RAIL.repeat(depth));
    switch (entry.kind) {
      case 'call': {
        const before = close(at);
        open = entry.id;
        return before + folds.open(headOf(entry, true), at);
      }
      case 'result': {
        answer.endTurn();
        if (entry.id !== open) return linesOf(entry, true);
        return linesOf(entry, false) + close(at) + (entry.failed ? line(headOf(entry, true)) : '');
      }
      case 'notice':
        if (open !== null && entry.denies === open) return close(at) + linesOf(entry, true);
        return (isUrgent(entry.tone) ? close(at) : '') + linesOf(entry, true);
      case 'text':
        if (!entry.failed) answer.add(entry.text);
        return close(at) + linesOf(entry, true);
      default:
        return linesOf(entry, true);
    }
  }

  function printOwnWords(entry: EntryOf<'text'> | null): string {
    return entry === null ? '' : close(entry.at) + linesOf(entry, true);
  }

  function close(at: string): string {
    if (open === null) return '';
    open = null;
    return folds.close(at);
  }

  return {
    see(event) {
      latest = event.timestamp;
      let text = '';
      for (const seen of transcript.see(event)) for (const entry of order.see(seen)) text += print(entry);
      return text;
    },
    async end(ending) {
      const [{ footerLines }, { createPaint }] = await Promise.all([
        import('../pretty/footer.ts'),
        import('../pretty/theme.ts'),
      ]);
      const last = order.flush().map(print).join('');
      const closed = close(latest);
      const said = printOwnWords(ownWords.unsaid(ending));
      const { answer: text, json } = answer.missing(ending.report);
      const rest = [text, areFindings(ending.report.result.structured) ? null : json].filter((one) => one !== null);
      const footer = footerLines(ending, FOOTER_WIDTH, createPaint(0));
      return last + closed + said + rest.map((one) => lines(one)).join('') + footer.map((one) => line(one)).join('');
    },
  };
}

/** In a fold there is room for more than elsewhere. */
const FOLDED_LINES = 100;
const FOOTER_WIDTH = 160;
const GUTTER = '│ ';

function linesOf(entry: Entry, named: boolean, rail = ''): string {
  if (entry.kind === 'text' || entry.kind === 'thinking') return lines(entry.text, rail);
  const head = line(headOf(entry, named), rail);
  if (entry.kind !== 'result') return head;
  const shown = entry.edit?.lines ?? entry.output.lines.slice(1);
  const { more } = entry.edit ?? entry.output;
  return (
    head +
    shown.map((one) => line(`    ${one}`, rail)).join('') +
    (more === 0 ? '' : line(`    … ${countOf(more, 'more line')}`, rail))
  );
}

/** As `pretty` has it, but for what needs to know of widths: that takes a while to load. */
function headOf(entry: LinesEntry, named: boolean): string {
  switch (entry.kind) {
    case 'call':
      return `${MARKS.call} ${titleOf(entry)}`;
    case 'result': {
      const { failed, elapsed, edit, output } = entry;
      const [first = ''] = edit === null ? output.lines : [`${edit.added} added, ${edit.removed} removed`];
      const parts = [
        ...(named ? [titleOf(entry)] : []),
        ...(elapsed === null ? [] : [formatDuration(elapsed)]),
        first === '' ? 'no output' : first,
      ];
      return `  ${failed ? MARKS.bad : MARKS.good} ${flatten(parts.join(' · '), MOST_OF_A_LINE)}`;
    }
    case 'notice':
      return `${TONES[entry.tone].mark} ${flatten(entry.text, MOST_OF_A_LINE)}`;
    case 'facts':
      return `${MARKS.minor} ${flatten(entry.facts.join(' · '), MOST_OF_A_LINE)}`;
    default:
      return entry satisfies never;
  }
}

function titleOf({ name, input }: EntryOf<'call'> | EntryOf<'result'>): string {
  return `${flatten(name, MOST_OF_A_LINE)} ${flatten(input, MOST_OF_A_TITLE)}`.trimEnd();
}

const MOST_OF_A_LINE = 2000;
const MOST_OF_A_TITLE = 300;

function lines(text: string, rail = ''): string {
  return neutralise(text.trimEnd())
    .split('\n')
    .map((one) => gutter(one, rail))
    .join('');
}

function line(text: string, rail = ''): string {
  return gutter(neutralise(text).replaceAll('\n', ' ↵ '), rail);
}

function gutter(text: string, rail: string): string {
  return `${GUTTER}${rail}${defuseCommands(text)}`.trimEnd() + '\n';
}
