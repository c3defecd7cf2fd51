import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { SluiceError, messageOf } from '../errors.ts';
import { inlineJson } from './arguments.ts';

/**
 * The agents of `--agents`, as claude wants them: an object. They are given as such, as JSON, or as a file's path.
 * @throws SluiceError `usage` when the file or the JSON can't be read
 */
export function readAgents(value: unknown, cwd: string): unknown {
  if (value === undefined) return undefined;
  try {
    const path = typeof value === 'string' && inlineJson(value) === null ? resolve(cwd, value) : null;
    const agents: unknown = JSON.parse(path === null ? (inlineJson(value) ?? '') : readFileSync(path, 'utf8'));
    if (typeof agents === 'object' && agents !== null && !Array.isArray(agents)) return agents;
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'not valid JSON' : messageOf(error);
    throw new SluiceError('usage', `--agents: ${reason}`);
  }
  throw new SluiceError('usage', '--agents: expected an object of agents by name');
}
