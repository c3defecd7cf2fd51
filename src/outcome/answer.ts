import type { MessageOf } from '../messages/types.ts';

/** Rebuilds the answer from assistant text, since `result.result` may be empty or hold only its last part. */
export interface AnswerFold {
  seeAssistant(message: MessageOf<'assistant'>): void;
  seeUser(message: MessageOf<'user'>): void;
  seePartial(message: MessageOf<'stream_event'>): void;
  /** Takes back messages that a refusal retracted, by uuid. */
  retract(uuids: readonly string[]): void;
  /** Forgets everything: a result has been given, and what comes answers something else. */
  endRun(): void;
  /** The text of the last turn that had any, and what claude itself said in place of the model, in `notice`. */
  answer(): { readonly text: string; readonly notice: string };
}

/** The model name on messages that claude made up itself: API errors, the output of slash commands. */
export const SYNTHETIC_MODEL = '<synthetic>';

/** What claude 2.1.329 tells the model after `max_tokens`; the next message continues the one that was cut. */
const CONTINUATION = 'Output token limit hit.';

interface Part {
  readonly uuid: string | undefined;
  readonly text: string;
}

/**
 * Text counts from the last tool result or prompt on. Messages with different ids belong together when nothing came
 * between them (2.1.197 after `max_tokens`) or only {@link CONTINUATION} (2.1.329). Text that a refusal retracted is
 * taken back. Text of subagents is not the answer.
 */
export function foldAnswer(): AnswerFold {
  let turn: Part[] = [];
  let lastTurn: Part[] = [];
  let notice = '';
  let streaming = '';

  function retract(uuids: readonly string[]): void {
    if (uuids.length === 0) return;
    turn = turn.filter((part) => part.uuid === undefined || !uuids.includes(part.uuid));
  }

  return {
    retract,
    endRun() {
      turn = [];
      lastTurn = [];
      notice = '';
      streaming = '';
    },
    seeAssistant(message) {
      if (message.parent_tool_use_id) return;
      const text = textOf(message.message.content);
      if (text !== '') streaming = '';
      if (message.message.model === SYNTHETIC_MODEL) {
        if (text !== '') notice = text;
        return;
      }
      retract(message.supersedes ?? []);
      if (text !== '') turn.push({ uuid: message.uuid, text });
    },
    seeUser(message) {
      if (message.parent_tool_use_id || continues(message) || interrupts(message)) return;
      if (turn.length > 0) lastTurn = turn;
      turn = [];
      streaming = '';
    },
    seePartial({ event, parent_tool_use_id }) {
      if (parent_tool_use_id) return;
      if (event.type === 'content_block_start' || event.type === 'message_start') streaming = '';
      else if (event.delta?.type === 'text_delta') streaming += event.delta.text ?? '';
    },
    answer() {
      const parts = turn.length > 0 || streaming !== '' ? turn : lastTurn;
      return { text: parts.map((part) => part.text).join('') + streaming, notice };
    },
  };
}

function continues({ message, isSynthetic }: MessageOf<'user'>): boolean {
  return isSynthetic === true && textOf(message.content).startsWith(CONTINUATION);
}

/** What claude adds when it was interrupted; the text before it is what there is of the answer. */
function interrupts({ message }: MessageOf<'user'>): boolean {
  return textOf(message.content).startsWith('[Request interrupted by user');
}

/** The text blocks of a message's content, joined. */
function textOf(content: MessageOf<'user'>['message']['content']): string {
  if (typeof content === 'string') return content;
  return content.map((block) => (block.type === 'text' ? (block.text ?? '') : '')).join('');
}

/**
 * The final text of a run. Claude's own `result` counts, unless it is empty, or lacks a beginning that the model's
 * messages have. What claude said in place of the model is no answer when the run failed.
 */
export function finalText(facts: {
  readonly answer: string;
  readonly notice: string;
  readonly result: MessageOf<'result'> | null;
}): string {
  const { answer, notice, result } = facts;
  if (result === null || result.is_error) return answer;
  const told = result.result ?? '';
  if (told === '') return answer || notice;
  return answer.length > told.length && answer.endsWith(told) ? answer : told;
}
