import { isUnknown, type ContentBlock, type Message } from '../messages/types.ts';

/** No key of an API is as long as this; images and signatures are longer. */
const MIN_OPAQUE = 256;

/**
 * Where in a message every character counts and none is prose: the signatures of thinking blocks and the data of images
 * and documents, at the very places where the Messages API has them. Elsewhere, such as in a tool's input, an object
 * that looks the same is nothing special.
 */
export function opaquePlaces(message: Message): ReadonlyMap<object, string> | undefined {
  if (isUnknown(message)) return undefined;
  // Most of a stream.
  if (message.type === 'stream_event' && message.event.delta?.type !== 'signature_delta') return undefined;
  const places = new Map<object, string>();
  if (message.type === 'stream_event') addIfOpaque(message.event.delta, 'signature', places);
  else if (message.type === 'assistant' || message.type === 'user') {
    const { content } = message.message;
    if (typeof content !== 'string') for (const block of content) addPlaces(block, places);
  }
  return places.size === 0 ? undefined : places;
}

function addPlaces(block: ContentBlock, places: Map<object, string>): void {
  if (block.type === 'thinking') addIfOpaque(block, 'signature', places);
  if ((block.type === 'image' || block.type === 'document') && 'source' in block)
    addIfOpaque(block.source, 'data', places);
  if (block.type !== 'tool_result' || !Array.isArray(block.content)) return;
  const inner: readonly unknown[] = block.content;
  for (const item of inner) {
    if (typeof item === 'object' && item !== null && 'type' in item && item.type === 'image' && 'source' in item) {
      addIfOpaque(item.source, 'data', places);
    }
  }
}

function addIfOpaque(object: unknown, key: string, places: Map<object, string>): void {
  if (typeof object !== 'object' || object === null) return;
  const text: unknown = Reflect.get(object, key);
  if (typeof text === 'string' && text.length >= MIN_OPAQUE && BASE64.test(text)) places.set(object, key);
}

const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
