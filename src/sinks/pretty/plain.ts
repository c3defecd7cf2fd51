import type { Ending, Sink } from '../sink.ts';
import { neutralise, defuseCommands } from '../safe-text.ts';
import { followAnswer } from './answer-shown.ts';
import { asideLines } from './aside-lines.ts';
import { orderCalls } from './call-order.ts';
import type { Entry, EntryOf } from './entry.ts';
import { entryLines } from './entry-lines.ts';
import type { Flow } from './flow.ts';
import { footerLines } from './footer.ts';
import { createInkFlow } from './ink-flow.ts';
import { createMarkdownFlow } from './markdown/markdown-flow.ts';
import { isUrgent } from './notice.ts';
import type { PrettyOptions } from './options.ts';
import { followOwnWords } from './own-words.ts';
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
  const order = orderCalls((entry) => entry.kind === 'notice' && isUrgent(entry.tone));
  const answer = followAnswer();
  const ownWords = followOwnWords();
  const columns = (): number => Math.max(1, Math.min(out.columns() - GUTTER_WIDTH, LINE_WIDTH));
  const markdown = (): Flow => createMarkdownFlow(paint, columns);
  let callAbove = '';

  /** What an entry prints; claude's own words come a little later, or in the last lines. */
  function print(entry: Entry): string {
    const before = printOwnWords(ownWords.release());
    if (entry.kind === 'text' && entry.depth === 0 && entry.own) {
      ownWords.hold(entry);
      return before;
    }
    return before + withGutter(linesOf(entry), clockOf(entry.at));
  }

  function printOwnWords(entry: EntryOf<'text'> | null): string {
    return entry === null ? '' : withGutter(linesOf(entry), clockOf(entry.at));
  }

  function linesOf(entry: Entry): readonly string[] {
    const { depth } = entry;
    const named = entry.kind === 'result' && entry.id !== callAbove;
    callAbove = entry.kind === 'call' ? entry.id : '';
    if (entry.kind === 'text' && depth === 0) {
      if (entry.failed) return flowLines(entry.text, createInkFlow('bad', paint, columns));
      answer.add(entry.text);
      return flowLines(entry.text, markdown());
    }
    if (entry.kind === 'thinking' && depth === 0)
      return flowLines(entry.text, createInkFlow('thought', paint, columns));
    if (entry.kind === 'result' && depth === 0) answer.endTurn();
    const room = Math.max(1, columns() - RAIL.length * depth);
    const lines =
      entry.kind === 'text' || entry.kind === 'thinking'
        ? asideLines(entry, room, paint)
        : entryLines(entry, named, room, paint);
    return lines.map((line) => paint('dim', RAIL.repeat(depth)) + line);
  }

  /** One string, so that what belongs together is written at once. */
  function withGutter(lines: readonly string[], time: string): string {
    return lines
      .map((line, index) => `${paint('dim', `${index === 0 ? time : NO_TIME} │`)} ${line}`.trimEnd() + '\n')
      .join('');
  }

  function endOf(ending: Ending): string {
    const { startedAt, executionTime } = ending.report;
    const said = printOwnWords(ownWords.unsaid(ending));
    const { answer: text, json } = answer.missing(ending.report);
    const time = clockAt(Date.parse(startedAt) + executionTime);
    const last = [
      text === null ? [] : flowLines(text, markdown()),
      json === null ? [] : flowLines(json, createInkFlow('plain', paint, columns)),
      footerLines(ending, columns(), paint),
    ];
    return said + last.map((lines) => withGutter(lines, time)).join('');
  }

  async function write(text: string): Promise<void> {
    if (text !== '') await out.write(defuseCommands(text));
  }

  return {
    write: (event) => write(transcript.see(event).flatMap(order.see).map(print).join('')),
    close: (ending) => write(order.flush().map(print).join('') + endOf(ending)),
  };
}

const NO_TIME = '         ';
/** `12:34:56Z │ ` */
const GUTTER_WIDTH = NO_TIME.length + 3;
/** Wide enough to tell, narrow enough to read in a log that does not wrap. */
const LINE_WIDTH = 160;

function flowLines(text: string, flow: Flow): readonly string[] {
  return [...flow.push(neutralise(text)), ...flow.end()];
}

/** `12:34:56Z`; whatever the timestamp is, no wider. */
function clockOf(timestamp: string): string {
  const clock = /T(\d\d:\d\d:\d\d)/.exec(timestamp)?.[1];
  return clock === undefined ? NO_TIME : `${clock}Z`;
}

function clockAt(milliseconds: number): string {
  return Number.isNaN(milliseconds) ? NO_TIME : clockOf(new Date(milliseconds).toISOString());
}
