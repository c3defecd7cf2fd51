import type { Item, View } from 'sluice/client';

/** What is known of a run so far, as a component shows it. */
export interface Progress {
  readonly status: 'idle' | 'waiting' | 'running' | 'ended' | 'failed';
  /** What claude said, and what it did for that, in order. */
  readonly parts: readonly Part[];
  /** What it is just saying, where the gateway passes that on (--include-partial-messages). */
  readonly saying: string;
  /** The class of its outcome: `success`, or why there is no more. */
  readonly outcome: string | null;
  /** Why there is no run, or nothing to be seen of it. */
  readonly error: string | null;
}

export type Part =
  | { readonly kind: 'text'; readonly id: string; readonly text: string }
  | { readonly kind: 'tool'; readonly id: string; readonly name: string };

export type Step =
  | { readonly kind: 'asked' | 'forgotten' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'over'; readonly view: View }
  | Item;

export const IDLE: Progress = { status: 'idle', parts: [], saying: '', outcome: null, error: null };

/** A run as it is after one more step. Pure: the same events lead to the same, whenever they are read. */
export function foldProgress(progress: Progress, step: Step): Progress {
  switch (step.kind) {
    case 'asked':
      return { ...IDLE, status: 'waiting' };
    case 'forgotten':
      return IDLE;
    case 'failed':
      return {
        ...progress,
        status: 'failed',
        error: step.error instanceof Error ? step.error.message : String(step.error),
      };
    case 'over': {
      const { class: outcome, error, state } = step.view;
      return { ...progress, status: 'ended', saying: '', outcome: outcome ?? state, error: error?.message ?? null };
    }
    case 'piece':
      return { ...progress, status: 'running', saying: progress.saying + textOfPiece(step.event.message) };
    case 'event': {
      const parts = partsOf(step.id, step.event.message);
      const saying = parts.length > 0 ? '' : progress.saying;
      return { ...progress, status: 'running', saying, parts: [...progress.parts, ...parts] };
    }
    default:
      // Events that are kept no more, and calls that wait for somebody's answer: this page has nothing to say to them.
      return progress;
  }
}

type Message = Extract<Item, { kind: 'event' }>['event']['message'];

/** Other types are passed over, those of versions to come among them. */
function isOf<Type extends Message['type']>(message: Message, type: Type): message is Extract<Message, { type: Type }> {
  return message.type === type;
}

function partsOf(event: number, message: Message): Part[] {
  if (!isOf(message, 'assistant')) return [];
  return message.message.content.flatMap(({ type, text = '', name = '' }, at): Part[] => {
    const id = `${event}.${at}`;
    if (type === 'text') return [{ kind: 'text', id, text }];
    return type === 'tool_use' ? [{ kind: 'tool', id, name }] : [];
  });
}

function textOfPiece(message: Message): string {
  return isOf(message, 'stream_event') ? (message.event.delta?.text ?? '') : '';
}
