import { rememberLine } from '../messages/line-of.ts';
import { recognise } from '../messages/recognise.ts';
import type { Message, SluiceMessage } from '../messages/types.ts';
import { parsedJson } from '../parsed-json.ts';
import { readJsonValues } from './json-values.ts';
import type { Line } from './split-lines.ts';
import type { Batch } from './stage.ts';

/** Reads each line as a message. Nothing is dropped: a line that is no message becomes a warning that carries it. */
export async function* decode(source: AsyncIterable<Batch<Line>>): AsyncGenerator<Batch<Message>, void, undefined> {
  for await (const lines of source) {
    const batch: Message[] = [];
    for (const line of lines) {
      const message = wholeMessage(line);
      if (message === null) batch.push(...decodeOther(line));
      else batch.push(message);
    }
    yield batch;
  }
}

/**
 * The messages of one line: one, or those of the array that `--output-format json --verbose` prints. Where others are
 * glued to it, or something that says nothing stands before it, they are read all the same, and the line is told as it was.
 */
export function decodeLine(line: Line): Message[] {
  const message = wholeMessage(line);
  return message === null ? decodeOther(line) : [message];
}

function decodeOther(line: Line): Message[] {
  if (line.overlong !== undefined) {
    return [warning('line_too_long', `claude printed a line of ${line.overlong} bytes, more than can be read`, line)];
  }
  const { values, rest } = readJsonValues(line.text);
  const [first] = values;
  if (first?.text === line.text) return messagesOf(first.value) ?? [notAMessage(line)];
  const found = values.map(({ value }) => messagesOf(value));
  const messages = found.flatMap((some) => some ?? []);
  if (messages.length === 0) return [readAsText(line, line.text)];
  if (rest !== '') return [...messages, readAsText(line, rest)];
  return [...messages, found.includes(null) ? notAMessage(line) : recovered(messages.length, line)];
}

/** The one message that a line is, as almost every line is; null for any other. */
function wholeMessage({ text, overlong }: Line): Message | null {
  if (overlong !== undefined) return null;
  const value = parsedJson(text);
  if (!isTagged(value)) return null;
  const message = recognise(value);
  rememberLine(message, text);
  return message;
}

function messagesOf(value: unknown): Message[] | null {
  if (Array.isArray(value) && value.length > 0 && value.every(isTagged)) return value.map(recognise);
  return isTagged(value) ? [recognise(value)] : null;
}

/** The warning about a line that is not JSON, or about a part of it that is not. */
function readAsText(line: Line, part: string): SluiceMessage {
  if (!line.terminated) return warning('torn_line', 'the output of claude ends in the middle of a line', line);
  if (DAMAGED.test(part)) {
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
    // That type is sluice's own: what claude prints may not pose as a word of sluice.
    value.type !== 'sluice'
  );
}

function notAMessage(line: Line): SluiceMessage {
  return warning('not_a_message', 'claude printed JSON that is not a message', line);
}

/** Nothing is missing; the line is kept, since it was not what it should have been. */
function recovered(count: number, line: Line): SluiceMessage {
  const text =
    count === 1 ? 'claude printed something around a message' : `claude printed ${count} messages on one line`;
  return { ...warning('recovered_line', `${text}; all was read`, line), subtype: 'notice' };
}

function warning(code: string, text: string, line: Line): SluiceMessage {
  return { type: 'sluice', subtype: 'warning', code, text, line: line.text };
}
