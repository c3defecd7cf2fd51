import { readFileSync, statSync } from 'node:fs';
import { messageOf, reasonOf, SluiceError, systemCodeOf } from '../../errors.ts';
import { isJsonPath, type Json, jsonText } from '../../request/kinds/json.ts';
import { DEEPEST_JSON, isDeeper } from '../../request/is-deeper.ts';
import { decodeText } from '../../system/decode-text.ts';

/**
 * The object that an option gives: as such, as JSON, or as the path of a file.
 * @param option its name, for errors
 * @throws SluiceError `usage` when the file or the JSON can't be read
 */
export function readJson(option: string, value: Json): object {
  try {
    const json: unknown = typeof value === 'string' ? parsed(value) : value;
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json;
  } catch (error) {
    const file = isJsonPath(value) ? `${value} is ` : '';
    const problem =
      error instanceof SyntaxError
        ? `${file}not valid JSON`
        : systemCodeOf(error) === undefined
          ? messageOf(error)
          : `${isJsonPath(value) ? value : ''} cannot be read: ${reasonOf(error)}`;
    throw new SluiceError('usage', (name) => `${name(option)}: ${problem}`);
  }
  throw new SluiceError('usage', (name) => `${name(option)}: expected a JSON object`);
}

function parsed(value: string): unknown {
  const json: unknown = JSON.parse(readText(value));
  if (!isDeeper(json, DEEPEST_JSON)) return json;
  const file = isJsonPath(value) ? `${value} is ` : '';
  throw new Error(`${file}nested more than ${DEEPEST_JSON} levels deep`);
}

/** The text of an option that is JSON, an object, or the path of a file. */
export function readText(value: Json): string {
  return isJsonPath(value) ? readPlainFile(value) : jsonText(value);
}

/** A pipe may never end, and nothing could be done about it meanwhile. */
function readPlainFile(path: string): string {
  const stats = statSync(path);
  if (stats.isFIFO() || stats.isSocket() || stats.isCharacterDevice()) {
    throw new Error(`${path} is no plain file; give the JSON itself, or a file`);
  }
  return decodeText(readFileSync(path)).text;
}
