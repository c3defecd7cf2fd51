import { createTextCarry } from '../../../src/secrets/carry.ts';
import { createRedactor } from '../../../src/secrets/redactor.ts';

/** A text as it comes out with its secrets masked, given in pieces of these sizes, in turn. */
export function inPieces(text: string, sizes: readonly number[], redactor = createRedactor({ env: {} })): string {
  const carry = createTextCarry(redactor);
  let released = '';
  for (let at = 0, piece = 0; at < text.length; piece += 1) {
    const size = sizes[piece % sizes.length] ?? 1;
    released += carry.push(text.slice(at, at + size)).text;
    at += size;
  }
  return released + carry.end().text;
}
