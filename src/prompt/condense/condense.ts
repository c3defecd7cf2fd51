import type { Condensation } from '../../request/prompt.ts';
import { readLines } from './clean/read-lines.ts';
import { createMiner } from './mine/miner.ts';
import { finalKind, type Kind } from './mine/parse-tree.ts';
import { NO_GAP } from './spend/gap.ts';
import { keptIn, render, textOf } from './spend/render.ts';
import { HEAD, select } from './spend/select.ts';
import { createShelf, type RecordOfLines } from './spend/shelf.ts';
import { createTally } from './spend/tally.ts';
import { indentInTrace } from './spend/trace.ts';

/** Makes a long log short. It takes redacted text, and holds no more than some times its budget, however long the log is. */
export interface Condenser {
  push(text: string): void;
  end(): Condensed;
}

export interface Condensed {
  /** The very text, where it is within the budget. */
  readonly text: string;
  /** What was left out of it; null where it is all there. */
  readonly condensed: Condensation | null;
  readonly templates: readonly Template[];
  /** For each line its template's id, where that was asked for. */
  readonly lines: readonly number[] | null;
}

/** A kind of line. */
export interface Template {
  readonly id: number;
  /** Its words, `<*>` for what changes. */
  readonly template: string;
  readonly count: number;
  /** Numbers of lines, from 1. */
  readonly first: number;
  readonly last: number;
  /** When that was, in the words of those lines; absent where they do not say. */
  readonly firstAt?: string;
  readonly lastAt?: string;
}

export interface CondenserOptions {
  /** The most that may come out, in characters (UTF-16 units). */
  readonly budget: number;
  /** Whether the template of each line is to be told, which takes memory for each. */
  readonly lines?: boolean;
}

/** The share of the budget for the list of kinds and for markers that turn out longer than thought. */
const SPARE = 0.12;

/** The share that the last lines have to themselves until the end is known. */
const LATEST = 0.25;

/** What a line is worth by its graveness, the first of its kind. */
const WORTH = [10, 20, 60, 100] as const;

/** Lines around one that says what went wrong; what follows mostly says why. */
const BEFORE = 6;
const AFTER = 14;

/** The longest that a record grows. */
const MOST_LINES_OF_RECORD = 80;

/** A kind that was silent for so many lines, and so many times longer than usual, is as one that was never there. */
const LONG_SILENCE = 2000;
const UNUSUAL = 20;

/** Characters of text that may be held for what is to be told of its lines. */
const MOST_UNSETTLED = 1024 * 1024;

/** Starts a {@link Condenser}. The same text, in whatever pieces, gives the same. */
export function createCondenser({ budget, lines: wantsLines = false }: CondenserOptions): Condenser {
  const miner = createMiner();
  const tally = createTally();
  const shelf = createShelf(budget);
  const traces = new Map<string, number>();
  const kindOfLine: Kind[] = [];
  let whole: string | null = '';
  let line = 0;
  let characters = 0;
  let unsettled = 0;
  /** The latest records, from `oldest` on: the end of the log, if it ends now. */
  let latest: RecordOfLines[] = [];
  let oldest = 0;
  let heldInLatest = 0;
  /** The beginning, which stays whatever comes. */
  const head: RecordOfLines[] = [];
  let headRoom = budget * HEAD;
  let grave = 0;
  let since = AFTER + 1;
  let trace: { kinds: string; graveness: number; indent: number } | null = null;

  function take(text: string, skeleton: number): void {
    line += 1;
    const { kind, graveness, form } = miner.mine(text, skeleton);
    if (wantsLines) kindOfLine.push(kind);
    const { nth, silence } = tally.add(kind, line, text);
    const record = latest.at(-1);
    const indent = indentInTrace(form, trace?.indent ?? null);
    if (record !== undefined && indent !== null && record.lines < MOST_LINES_OF_RECORD) {
      record.text += `\n${text}`;
      record.lines += 1;
      heldInLatest += text.length;
      trace ??= { kinds: String(record.kind.id), graveness: 2, indent };
      trace.indent = indent;
      if (record.lines <= 12) trace.kinds += ` ${kind.id}`;
      trace.graveness = Math.max(trace.graveness, graveness);
      return;
    }
    closeTrace(record);
    const isBack = silence > LONG_SILENCE && silence * nth > UNUSUAL * line;
    const own = WORTH[graveness] / (isBack ? 1 : nth ** 0.7);
    since += 1;
    const worth = since <= AFTER ? Math.max(own, grave * (0.6 - since * 0.03)) : own;
    if (graveness >= 2 && own >= (since <= AFTER ? grave * 0.5 : 20)) {
      grave = own;
      since = 0;
      for (let back = 1; back <= BEFORE; back += 1) raise(latest[latest.length - back], own * (0.6 - back * 0.07));
    }
    latest.push({ line, kind, lines: 1, text, worth, gap: NO_GAP });
    heldInLatest += text.length + 1;
    while (heldInLatest > budget * LATEST && latest.length - oldest > 1) shelve();
  }

  /** A trace is worth most the first time; what is like one before is only counted. */
  function closeTrace(record: RecordOfLines | undefined): void {
    if (trace === null || record === undefined) return;
    const nth = (traces.get(trace.kinds) ?? 0) + 1;
    if (traces.size < MOST_TRACES || nth > 1) traces.set(trace.kinds, nth);
    const worth = (WORTH[trace.graveness === 3 ? 3 : 2] ?? 0) / nth ** 0.7;
    record.worth = nth === 1 ? Math.max(record.worth, worth) : Math.min(record.worth, worth);
    if (nth === 1) [grave, since] = [worth, 0];
    trace = null;
  }

  function shelve(): void {
    const record = latest[oldest];
    if (record === undefined) return;
    oldest += 1;
    heldInLatest -= record.text.length + 1;
    headRoom -= record.text.length + 1;
    if (headRoom >= 0) head.push(record);
    else shelf.add(record);
    if (oldest > 1024 && oldest * 2 > latest.length) {
      latest = latest.slice(oldest);
      oldest = 0;
    }
  }

  const splitter = readLines(take);
  return {
    push(text) {
      characters += text.length;
      if (whole !== null) whole = whole.length + text.length <= budget ? whole + text : null;
      splitter.push(text);
      unsettled += text.length;
      if (unsettled < MOST_UNSETTLED) return;
      tally.settle();
      unsettled = 0;
    },
    end() {
      splitter.end();
      closeTrace(latest.at(-1));
      const counts = tally.counts();
      const templates = [...counts].map(([kind, { lines, first, last, firstAt, lastAt }]) => ({
        id: kind.id,
        template: textOf(kind),
        count: lines,
        first,
        last,
        ...(firstAt === null ? {} : { firstAt }),
        ...(lastAt === null ? {} : { lastAt }),
      }));
      const lines = wantsLines ? kindOfLine.map((kind) => finalKind(kind).id) : null;
      if (whole !== null) return { text: whole, condensed: null, templates, lines };
      const overview = { lines: line, characters, counts, parts: tally.parts() };
      const { records, after } = shelf.all();
      const [first, ...rest] = latest.slice(oldest);
      const tail = first === undefined ? [] : [{ ...first, gap: after }, ...rest];
      const all = { records: [...head, ...records, ...tail], after: NO_GAP };
      for (let room = budget * (1 - SPARE); ; room *= 0.9) {
        const selection = select(all, counts, room);
        const text = render(selection, overview, budget);
        if (text.length > budget && selection.records.length > 0) continue;
        const condensed = { lines: line, kept: keptIn(selection), characters: text.length };
        return { text, condensed, templates, lines };
      }
    },
  };
}

/** So many different traces are told apart. */
const MOST_TRACES = 20_000;

function raise(record: RecordOfLines | undefined, worth: number): void {
  if (record !== undefined) record.worth = Math.max(record.worth, worth);
}
