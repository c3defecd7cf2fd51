import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { SluiceError, messageOf } from '../../errors.ts';
import { inlineJson } from './arguments.ts';

/**
 * The object that an option gives: as such, as JSON, or as a file's path.
 * @throws SluiceError `usage` when the file or the JSON can't be read
 */
export function readJson(flag: string, value: unknown, cwd: string): object {
  try {
    const json: unknown = JSON.parse(inlineJson(value) ?? readPlainFile(resolve(cwd, String(value))));
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json;
  } catch (error) {
    const name = inlineJson(value) === null ? `${String(value)} is ` : '';
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
