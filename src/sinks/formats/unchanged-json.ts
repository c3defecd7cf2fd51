import { lineOf } from '../../messages/line-of.ts';
import type { Message } from '../../messages/types.ts';
import { mayAct } from '../safe-text.ts';
import { isShortestJson } from './shortest-json.ts';

/**
 * What `escapeJson` would make of a message, where that is the line that it was read from: so it is for all that claude
 * prints and nothing was changed in. Null where it has to be made.
 */
export function unchangedJson(message: Message): string | null {
  const line = lineOf(message);
  return line !== undefined && isShortestJson(line, message) && isHarmless(line) ? line : null;
}

/** Whether nothing has to be escaped. Where each character takes one byte, as almost everywhere, little can be wrong. */
function isHarmless(line: string): boolean {
  if (Buffer.byteLength(line) !== line.length) return !mayAct(line);
  return !line.includes('##') && !line.includes('\u007F');
}
