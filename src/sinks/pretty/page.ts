import { createNeutraliser, type Neutraliser } from '../safe-text.ts';
import type { Flow, Unfinished } from './flow.ts';

/** Lines that are laid out. */
export interface Page {
  /** Adds to the flowing text, which may come in any pieces; opens one when none is open. */
  flow(text: string, begin: () => Flow): void;
  /** Ends the flowing text, if one is open. */
  endFlow(): void;
  /** Adds whole lines, which are rendered already. Those that can wait do not break into a flowing text. */
  lines(lines: readonly string[], canWait: boolean): void;
  /** Leaves one empty line before what comes next. */
  gap(): void;
  /** Takes the lines that are finished and have not been taken. */
  take(): readonly string[];
  /** The end of the flowing text that is in none of those lines yet: about so many characters; null where there is none. */
  unfinished(characters: number): Unfinished | null;
}

interface OpenFlow {
  readonly neutraliser: Neutraliser;
  readonly flow: Flow;
  /** Whether anything of it has come that can be seen. */
  hasText: boolean;
  /** Whether there are lines of it. */
  begun: boolean;
}

/** Lays out flowing texts and blocks of lines, with one empty line between them. */
export function createPage(): Page {
  let pending: string[] = [];
  /** Whether an empty line, or nothing at all, stands above. */
  let isApart = true;
  let open: OpenFlow | null = null;
  let afterFlow = false;
  let waiting: string[] = [];

  function add(lines: readonly string[]): void {
    pending.push(...lines);
    const last = lines.at(-1);
    if (last !== undefined) isApart = last === '';
  }

  function gap(): void {
    endFlow();
    separate();
  }

  function separate(): void {
    if (!isApart) add(['']);
  }

  function endFlow(): void {
    if (open === null) return;
    const { neutraliser, flow } = open;
    addFlow(open, [...flow.push(neutraliser.end()), ...flow.end()]);
    open = null;
    addLines(waiting);
    waiting = [];
  }

  function addLines(lines: readonly string[]): void {
    if (lines.length === 0) return;
    if (afterFlow) separate();
    afterFlow = false;
    add(lines);
  }

  /** A flow stands apart from what is above. */
  function addFlow(flow: OpenFlow, lines: readonly string[]): void {
    if (lines.length === 0) return;
    if (!flow.begun) separate();
    flow.begun = afterFlow = true;
    add(lines);
  }

  return {
    flow(text, begin) {
      open ??= { neutraliser: createNeutraliser(), flow: begin(), hasText: false, begun: false };
      open.hasText ||= text.trim() !== '';
      addFlow(open, open.flow.push(open.neutraliser.push(text)));
    },
    endFlow,
    lines(lines, canWait) {
      if (canWait && open?.hasText === true) {
        waiting.push(...lines);
        return;
      }
      endFlow();
      addLines(lines);
    },
    gap,
    take() {
      const lines = pending;
      pending = [];
      return lines;
    },
    unfinished(characters) {
      if (open === null) return null;
      const { text, apart } = open.flow.unfinished(characters);
      return text.trim() === '' ? null : { text, apart: open.begun ? apart : !isApart };
    },
  };
}
