import { readFileSync, statSync } from 'node:fs';
import { SluiceError, messageOf } from '../../errors.ts';
import { isJsonPath, type Json } from '../../request/kinds/json.ts';

/**
 * The object that an option gives: as such, as JSON, or as the path of a file.
 * @throws SluiceError `usage` when the file or the JSON can't be read
 */
export function readJson(flag: string, value: Json): object {
  try {
    const json: unknown =
      typeof value === 'string' ? JSON.parse(isJsonPath(value) ? readPlainFile(value) : value) : value;
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json;
  } catch (error) {
    const name = isJsonPath(value) ? `${value} is ` : '';
    throw new SluiceError(
      'usage',
      `${flag}: ${error instanceof SyntaxError ? `${name}not valid JSON` : messageOf(error)}`,
    );
  }
  throw new SluiceError('usage', `${flag}: expected a JSON object`);
}

/** A pipe may never end, and nothing could be done about it meanwhile. */
function readPlainFile(path: string): string {
  const stats = statSync(path);
  if (stats.isFIFO() || stats.isSocket() || stats.isCharacterDevice()) {
    throw new Error(`${path} is no plain file; give the JSON itself, or a file`);
  }
  return readFileSync(path, 'utf8');
}
