import { recognise } from '../messages/recognise.ts';
import type { Message, SluiceMessage } from '../messages/types.ts';
import type { Line } from './split-lines.ts';
import type { Batch } from './stage.ts';

/** Reads each line as a message. Nothing is dropped: a line that is no message becomes a warning that carries it. */
export async function* decode(source: AsyncIterable<Batch<Line>>): AsyncGenerator<Batch<Message>, void, undefined> {
  for await (const lines of source) yield lines.flatMap(decodeLine);
}

/** The messages of one line: one, or those of the array that `--output-format json --verbose` prints. */
export function decodeLine(line: Line): Message[] {
  if (line.overlong !== undefined) {
    return [warning('line_too_long', `claude printed a line of ${line.overlong} bytes, more than can be read`, line)];
  }
  let value: unknown;
  try {
    value = JSON.parse(line.text);
  } catch {
    return [readAsText(line)];
  }
  if (Array.isArray(value) && value.length > 0 && value.every(isTagged)) return value.map(recognise);
  if (isTagged(value)) return [recognise(value)];
  return [warning('not_a_message', 'claude printed JSON that is not a message', line)];
}

function readAsText(line: Line): SluiceMessage {
  if (!line.terminated) return warning('torn_line', 'the output of claude ends in the middle of a line', line);
  if (DAMAGED.test(line.text)) {
    return warning('damaged_line', "a line of claude's output was damaged; messages are missing", line);
  }
  return warning('not_json', 'claude printed a line that is not JSON', line);
}

/**
 * What is left where the output could not be written for a while, as on a full disk: the beginning of one message with
 * others glued to it, or the end of one. What wrappers print by themselves looks like neither.
 */
const DAMAGED = /^\0*\{|\{"type":"|"session_id":"/;

function isTagged(value: unknown): value is { readonly type: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    typeof value.type === 'string' &&
    // Ours alone: nobody else's message may pose as what sluice says.
    value.type !== 'sluice'
  );
}

function warning(code: string, text: string, line: Line): SluiceMessage {
  return { type: 'sluice', subtype: 'warning', code, text, line: line.text };
}
