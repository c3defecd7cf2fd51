import { isUnknown, type MessageOf } from '../../messages/types.ts';
import type { Sink } from '../sink.ts';
import { followAnswer } from './answer-shown.ts';
import { asideLines } from './aside-lines.ts';
import type { Entry, EntryOf } from './entry.ts';
import { entryLines } from './entry-lines.ts';
import { isUrgent } from './notice.ts';
import { footerLines } from './footer.ts';
import { createMarkdownStyler } from './markdown.ts';
import { createPage } from './page.ts';
import type { PrettyOptions } from './options.ts';
import { type Line, renderLine } from './spans.ts';
import { startSpinner } from './spinner.ts';
import { followStatus } from './status.ts';
import { followStreamedText } from './streamed-text.ts';
import { createInkStyler, type Styler } from './styler.ts';
import { createPaint, type Ink, RAIL } from './theme.ts';
import { createTranscript } from './transcript.ts';

/** The face for a person at a terminal: text as it arrives, a spinner below it, lines clipped to the window. */
export function createLiveFace(options: PrettyOptions): Sink {
  const { out, spinnerStream, showThinking } = options;
  const paint = createPaint(out.colorLevel);
  const transcript = createTranscript(options);
  const streamed = followStreamedText();
  const answer = followAnswer();
  const status = followStatus(options.now);
  const spinner = spinnerStream && startSpinner(spinnerStream, paint, status.describe);
  const page = createPage();
  const markdown = (): Styler => createMarkdownStyler(paint);
  const inked = (ink: Ink) => (): Styler => createInkStyler(ink, paint);
  let callAbove = '';

  spinner?.show();

  function stream(message: MessageOf<'stream_event'>): void {
    if (message.event.type === 'message_start') noteAbandoned(message.event.message?.id ?? '');
    const piece = streamed.see(message);
    if (piece === null) return;
    if (piece.kind === 'end') return page.endFlow();
    if (piece.kind === 'thinking' && !showThinking) return;
    addText(piece.kind, piece.text);
  }

  function addText(kind: 'text' | 'thinking', text: string): void {
    callAbove = '';
    page.flow(text, kind === 'text' ? markdown : inked('thought'));
    if (kind === 'text') answer.note({ kind, depth: 0, messageId: '', text, failed: false });
  }

  function print(entry: Entry): void {
    const named = entry.kind === 'result' && entry.id !== callAbove;
    callAbove = entry.kind === 'call' ? entry.id : '';
    if (entry.kind !== 'text' && entry.kind !== 'thinking') {
      printLines(entryLines(entry, named), entry);
      answer.note(entry);
    } else if (entry.depth === 0) printText(entry);
    else printLines(asideLines(entry), entry);
  }

  function printText(entry: EntryOf<'text'> | EntryOf<'thinking'>): void {
    noteAbandoned(entry.messageId);
    const rest = streamed.complete(entry.kind, entry.messageId, entry.text);
    if (rest === null) page.endFlow();
    if (rest === null && entry.kind === 'text' && entry.failed) {
      page.flow(entry.text, inked('bad'));
      answer.note(entry);
    } else addText(entry.kind, rest ?? entry.text);
    page.endFlow();
  }

  function noteAbandoned(messageId: string): void {
    if (streamed.takeAbandoned(messageId))
      print({ kind: 'notice', depth: 0, tone: 'retry', text: 'the reply broke off; claude asks for it again' });
  }

  function printLines(lines: readonly Line[], entry: Entry): void {
    const rail: Line = entry.depth === 0 ? [] : [['dim', RAIL.repeat(entry.depth)]];
    page.lines(
      lines.map((line) => renderLine([...rail, ...line], columns(), paint)),
      entry.depth > 0 || (entry.kind === 'notice' && !isUrgent(entry.tone)),
    );
  }

  /** One less than there are, for terminals that wrap in the last column; some report 0 when they do not know. */
  function columns(): number {
    return Math.max(1, (out.columns() || 80) - 1);
  }

  async function release(): Promise<void> {
    const text = page.take();
    if (text === '') return;
    spinner?.hide();
    await out.write(text);
    if (page.atLineStart()) spinner?.show();
  }

  return {
    async write(event) {
      status.see(event.message);
      if (!isUnknown(event.message) && event.message.type === 'stream_event') stream(event.message);
      else for (const entry of transcript.see(event)) print(entry);
      await release();
    },
    async close(ending) {
      spinner?.close();
      page.endFlow();
      for (const text of answer.missing(ending.report)) {
        page.flow(text, markdown);
        page.endFlow();
      }
      page.gap();
      page.lines(
        footerLines(ending, columns()).map((line) => renderLine(line, Infinity, paint)),
        false,
      );
      await out.write(page.take());
    },
  };
}
