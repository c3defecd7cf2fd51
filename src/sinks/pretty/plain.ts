import type { Sink } from '../sink.ts';
import { neutralise } from '../neutralise.ts';
import { followAnswer } from './answer-shown.ts';
import { asideLines } from './aside-lines.ts';
import { defuseCommands } from '../defuse-commands.ts';
import type { Entry, EntryOf } from './entry.ts';
import { entryLines } from './entry-lines.ts';
import { footerLines } from './footer.ts';
import { createMarkdownStyler } from './markdown.ts';
import type { PrettyOptions } from './options.ts';
import { type Line, renderLine } from './spans.ts';
import { createInkStyler, type Styler } from './styler.ts';
import { createPaint, RAIL } from './theme.ts';
import { createTranscript } from './transcript.ts';

/**
 * The face for a pipe, a file or a CI log: an event is a line, or a line and those that belong to it, behind a gutter
 * with the time of day in UTC. Partial messages are passed over; their text comes whole. The gutter also keeps `::` from
 * a line's start, where GitHub would take it for a command.
 */
export function createPlainFace(options: PrettyOptions): Sink {
  const { out } = options;
  const paint = createPaint(out.colorLevel);
  const transcript = createTranscript(options);
  const answer = followAnswer();
  let callAbove = '';

  function render(entry: Entry): readonly string[] {
    answer.note(entry);
    if ((entry.kind === 'text' || entry.kind === 'thinking') && entry.depth === 0) return textLines(entry);
    const named = entry.kind === 'result' && entry.id !== callAbove;
    callAbove = entry.kind === 'call' ? entry.id : '';
    const lines = entry.kind === 'text' || entry.kind === 'thinking' ? asideLines(entry) : entryLines(entry, named);
    return renderLines(lines, entry.depth, Math.min(out.columns() - GUTTER_WIDTH, LINE_WIDTH));
  }

  function textLines(entry: EntryOf<'text'> | EntryOf<'thinking'>): readonly string[] {
    callAbove = '';
    if (entry.kind === 'thinking') return styledLines(entry.text, createInkStyler('thought', paint));
    return styledLines(entry.text, entry.failed ? createInkStyler('bad', paint) : createMarkdownStyler(paint));
  }

  function renderLines(lines: readonly Line[], depth: number, columns: number): readonly string[] {
    const rail: Line = depth === 0 ? [] : [['dim', RAIL.repeat(depth)]];
    return lines.map((line) => renderLine([...rail, ...line], columns, paint));
  }

  /** One string, so that what belongs together is written at once. */
  function withGutter(lines: readonly string[], time: string): string {
    return lines
      .map((line, index) => `${paint('dim', `${index === 0 ? time : NO_TIME} │`)} ${line}`.trimEnd() + '\n')
      .join('');
  }

  async function write(text: string): Promise<void> {
    if (text !== '') await out.write(defuseCommands(text));
  }

  return {
    async write(event) {
      const time = clockOf(event.timestamp);
      await write(
        transcript
          .see(event)
          .map((entry) => withGutter(render(entry), time))
          .join(''),
      );
    },
    async close(ending) {
      const { startedAt, executionTime } = ending.report;
      const missing = answer.missing(ending.report).map((text) => styledLines(text, createMarkdownStyler(paint)));
      const footer = renderLines(footerLines(ending, LINE_WIDTH), 0, Infinity);
      const time = clockAt(Date.parse(startedAt) + executionTime);
      await write([...missing, footer].map((lines) => withGutter(lines, time)).join(''));
    },
  };
}

const NO_TIME = '         ';
/** `12:34:56Z │ ` */
const GUTTER_WIDTH = NO_TIME.length + 3;
/** Wide enough to tell, narrow enough to read in a log that does not wrap. */
const LINE_WIDTH = 160;

function styledLines(text: string, styler: Styler): readonly string[] {
  const trimmed = neutralise(text).replace(/^\n+|\s+$/g, '');
  return trimmed === '' ? [] : (styler.push(trimmed) + styler.end()).split('\n');
}

/** `12:34:56Z`; whatever the timestamp is, no wider. */
function clockOf(timestamp: string): string {
  const clock = /T(\d\d:\d\d:\d\d)/.exec(timestamp)?.[1];
  return clock === undefined ? NO_TIME : `${clock}Z`;
}

function clockAt(milliseconds: number): string {
  return Number.isNaN(milliseconds) ? NO_TIME : clockOf(new Date(milliseconds).toISOString());
}
