import { isUnknown, type MessageOf } from '../../messages/types.ts';
import type { Ending, Sink } from '../sink.ts';
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
import { createPage } from './page.ts';
import { createScreen } from './screen.ts';
import { startSpinner } from './spinner.ts';
import { followStatus } from './status.ts';
import { followStreamedText } from './streamed-text.ts';
import { createPaint, type Ink, RAIL } from './theme.ts';
import { createTranscript } from './transcript.ts';
import { unfinishedLines } from './unfinished-lines.ts';

/**
 * The face for a person at a terminal: finished lines, below them what is not finished yet, a spinner below that.
 * Everything is laid out for the window as it is at that time.
 */
export function createLiveFace(options: PrettyOptions): Sink {
  const { out, spinnerStream, showThinking, now } = options;
  const paint = createPaint(out.colorLevel);
  const transcript = createTranscript(options);
  const order = orderCalls((entry) => entry.kind === 'notice' && isUrgent(entry.tone));
  const streamed = followStreamedText();
  const answer = followAnswer();
  const ownWords = followOwnWords();
  const status = followStatus(now, options.preparing);
  const spinner = spinnerStream && startSpinner(spinnerStream, paint, status.describe);
  const page = createPage();
  const screen = createScreen(columns, () => out.wasLeft?.() ?? false);
  const markdown = (): Flow => createMarkdownFlow(paint, columns);
  const inked = (ink: Ink) => (): Flow => createInkFlow(ink, paint, columns);
  let callAbove = '';
  let isWriting = false;
  /** Whether nothing has come for a while: the spinner gets a line of its own then, below a text that stands still. */
  let isStill = false;
  let drawAgainAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | null = null;

  spinner?.show();

  function stream(message: MessageOf<'stream_event'>): void {
    if (message.event.type === 'message_start') noteAbandoned(message.event.message?.id ?? '');
    const piece = streamed.see(message);
    if (piece === null) return;
    if (piece.kind === 'end') return page.endFlow();
    if (piece.kind === 'thinking' && !showThinking) return;
    for (const entry of order.interrupt()) print(entry);
    addText(piece.kind, piece.text);
  }

  function addText(kind: 'text' | 'thinking', text: string): void {
    printOwnWords(ownWords.release());
    callAbove = '';
    page.flow(text, kind === 'text' ? markdown : inked('thought'));
    if (kind === 'text') answer.add(text);
  }

  function print(entry: Entry): void {
    if ((entry.kind === 'text' || entry.kind === 'thinking') && entry.depth === 0) return printText(entry);
    printOwnWords(ownWords.release());
    const named = entry.kind === 'result' && entry.id !== callAbove;
    callAbove = entry.kind === 'call' ? entry.id : '';
    if (entry.kind === 'result' && entry.depth === 0) answer.endTurn();
    const rail = paint('dim', RAIL.repeat(entry.depth));
    const room = Math.max(1, columns() - RAIL.length * entry.depth);
    const lines =
      entry.kind === 'text' || entry.kind === 'thinking'
        ? asideLines(entry, room, paint)
        : entryLines(entry, named, room, paint);
    page.lines(
      lines.map((line) => rail + line),
      entry.depth > 0 || (entry.kind === 'notice' && !isUrgent(entry.tone)),
    );
  }

  function printText(entry: EntryOf<'text'> | EntryOf<'thinking'>): void {
    noteAbandoned(entry.messageId);
    const rest = streamed.complete(entry.kind, entry.messageId, entry.text);
    if (rest === null) page.endFlow();
    if (rest === null && entry.kind === 'text' && entry.own) {
      printOwnWords(ownWords.release());
      ownWords.hold(entry);
    } else {
      addText(entry.kind, rest ?? entry.text);
      page.endFlow();
    }
  }

  function printOwnWords(entry: EntryOf<'text'> | null): void {
    if (entry === null) return;
    page.endFlow();
    page.flow(entry.text, entry.failed ? inked('bad') : markdown);
    page.endFlow();
    if (!entry.failed) answer.add(entry.text);
  }

  function noteAbandoned(messageId: string): void {
    if (streamed.takeAbandoned(messageId))
      print({ ...TOP_LEVEL, kind: 'notice', tone: 'retry', text: 'the reply broke off; claude asks for it again' });
  }

  /** One less than there are, for terminals that wrap in the last column; some report 0 when they do not know. */
  function columns(): number {
    return Math.max(1, (out.columns() || 80) - 1);
  }

  /** What is not finished: a text that is being written, or calls that wait for the result of one before them. */
  function unfinished(): readonly string[] {
    const rows = (out.rows?.() ?? 0) - ROWS_LEFT;
    const lines = rows < 1 ? [] : unfinishedLines(page, order.held(), rows, columns(), paint);
    return isStill && lines.length > 0 && lines.at(-1) !== '' ? [...lines, ''] : lines;
  }

  /** Finished lines at once, the others now and then: laying them out must not take the time of what comes. */
  async function release(): Promise<void> {
    isStill = false;
    const lines = page.take();
    if (lines.length > 0 || now() >= drawAgainAt) return write(lines);
    drawIn(DRAW_EVERY);
  }

  function drawIn(milliseconds: number): void {
    stopTimer();
    timer = setTimeout(() => {
      timer = null;
      // What can't be written is told to whoever writes next.
      if (!isWriting) write(page.take()).catch(() => {});
    }, milliseconds).unref();
  }

  async function write(lines: readonly string[]): Promise<void> {
    stopTimer();
    const startedAt = now();
    const text = screen.update(lines, unfinished());
    drawAgainAt = now() + Math.max(DRAW_EVERY, SHARE * (now() - startedAt));
    if (text !== '') await put(text);
    if (screen.atLineStart()) return;
    isStill = true;
    drawIn(STILL_AFTER);
  }

  async function put(text: string): Promise<void> {
    spinner?.hide();
    isWriting = true;
    try {
      await out.write(text);
    } finally {
      isWriting = false;
    }
    if (screen.atLineStart()) spinner?.show();
  }

  function stopTimer(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  }

  function printEnd(ending: Ending): void {
    for (const entry of order.flush()) print(entry);
    page.endFlow();
    printOwnWords(ownWords.unsaid(ending));
    const { answer: text, json } = answer.missing(ending.report);
    if (text !== null) page.flow(text, markdown);
    page.endFlow();
    if (json !== null) page.flow(json, inked('plain'));
    page.gap();
    page.lines(footerLines(ending, columns(), paint), false);
  }

  return {
    async write(event) {
      status.see(event.message);
      if (!isUnknown(event.message) && event.message.type === 'stream_event') stream(event.message);
      else for (const entry of transcript.see(event).flatMap(order.see)) print(entry);
      await release();
    },
    async close(ending) {
      spinner?.close();
      printEnd(ending);
      stopTimer();
      await put(screen.update(page.take(), []));
    },
  };
}

const TOP_LEVEL = { at: '', thread: null, depth: 0 } as const;

/** Rows of the window that nothing is drawn on: one for the spinner, one so that what is above can be seen. */
const ROWS_LEFT = 2;
/** Milliseconds between two drawings, and of how many times its own duration that is at least. */
const DRAW_EVERY = 40;
const SHARE = 4;
/** Milliseconds after which a text stands still. */
const STILL_AFTER = 2000;
