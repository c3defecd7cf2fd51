import type { MessageOf } from '../../messages/types.ts';

/** A piece of a text that is being streamed, or the sign that it is whole. */
type Piece = { readonly kind: 'text' | 'thinking'; readonly text: string } | { readonly kind: 'end' };

/** Follows the partial messages of the main thread, so that what was streamed is not printed again when it comes whole. */
export interface StreamedText {
  see(message: MessageOf<'stream_event'>): Piece | null;
  /** A whole text has come: what of it was not streamed, or null when none of it was. */
  complete(kind: 'text' | 'thinking', messageId: string, text: string): string | null;
  /** Whether an unfinished text has been given up for a message of another id; says so once. */
  takeAbandoned(messageId: string): boolean;
}

interface Block {
  readonly kind: string;
  text: string;
}

/** Starts with nothing streamed. Subagents run beside one another, so their pieces would mix: they are left out. */
export function followStreamedText(): StreamedText {
  let messageId = '';
  let unconfirmed: Block[] = [];
  let current: Block | null = null;

  function addTo(block: Block, text: string): Piece | null {
    block.text += text;
    return text !== '' && (block.kind === 'text' || block.kind === 'thinking') ? { kind: block.kind, text } : null;
  }

  return {
    see({ event, parent_tool_use_id }) {
      if (parent_tool_use_id) return null;
      switch (event.type) {
        case 'message_start':
          messageId = event.message?.id ?? '';
          unconfirmed = [];
          current = null;
          return { kind: 'end' };
        case 'content_block_start':
          current = { kind: event.content_block?.type ?? '', text: '' };
          unconfirmed.push(current);
          return addTo(current, event.content_block?.text ?? event.content_block?.thinking ?? '');
        case 'content_block_delta':
          return current && addTo(current, event.delta?.text ?? event.delta?.thinking ?? '');
        case 'content_block_stop':
          current = null;
          return { kind: 'end' };
        default:
          return null;
      }
    },
    complete(kind, id, text) {
      const index = id === messageId ? unconfirmed.findIndex((block) => block.kind === kind) : -1;
      const [block] = index === -1 ? [] : unconfirmed.splice(index, 1);
      if (block === undefined || block.text === '') return null;
      return text.startsWith(block.text) ? text.slice(block.text.length) : '';
    },
    takeAbandoned(id) {
      if (id === messageId) return false;
      const abandoned = unconfirmed.some(({ kind, text }) => kind === 'text' && text !== '');
      unconfirmed = [];
      return abandoned;
    },
  };
}
