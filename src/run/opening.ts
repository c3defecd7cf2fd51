import type { Message } from '../messages/types.ts';
import type { Batch } from '../stream/stage.ts';

/**
 * Holds back what claude says before it has taken the prompt: what hooks had to say to its start. Returns that where it
 * never took it, so that nothing was seen of it; else null.
 */
export async function* opening(
  source: AsyncIterable<Batch<Message>>,
): AsyncGenerator<Batch<Message>, Batch<Message> | null, undefined> {
  let held: Batch<Message> | null = [];
  for await (const batch of source) {
    const all: Batch<Message> = held === null ? batch : [...held, ...batch];
    held = held === null || all.some(isTaking) ? null : all;
    if (held === null) yield all;
  }
  return held;
}

/** Also of hooks that tell what is not known yet. */
function isTaking(message: Message): boolean {
  const subtype = 'subtype' in message ? String(message.subtype) : '';
  return message.type !== 'sluice' && !(message.type === 'system' && subtype.startsWith('hook_'));
}
