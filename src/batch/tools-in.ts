import { isToolCall } from '../messages/tool-blocks.ts';
import { isUnknown, type RunEvent } from '../messages/types.ts';

/** The names of the tools that an event calls. */
export function toolsIn({ message }: RunEvent): string[] {
  if (isUnknown(message) || message.type !== 'assistant') return [];
  return message.message.content.filter(isToolCall).flatMap(({ name }) => name ?? []);
}
