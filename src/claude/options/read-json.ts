import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { SluiceError, messageOf } from '../../errors.ts';
import { inlineJson } from './arguments.ts';

/**
 * The object that an option gives: as such, as JSON, or as a file's path.
 * @throws SluiceError `usage` when the file or the JSON can't be read
 */
export function readJson(flag: string, value: unknown, cwd: string): object {
  try {
    const json: unknown = JSON.parse(inlineJson(value) ?? readFileSync(resolve(cwd, String(value)), 'utf8'));
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
