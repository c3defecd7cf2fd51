import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { ALL_FIELDS } from '../../request/fields.ts';
import { isJsonPath } from '../../request/kinds/json.ts';
import type { Prompt } from '../../request/prompt.ts';
import { requestKey } from '../../request/request-key.ts';
import type { RunRequest } from '../../request/run-request.ts';
import { askedOf, mentionedIn } from '../../run/asked-of.ts';

/** Options that say how a run is held, and not what it is asked. */
const HOLDING: ReadonlySet<string> = new Set([
  'claudePath',
  'debugFile',
  'includeHookEvents',
  'includePartialMessages',
  'limitsBy',
  'maxCpuTime',
  'maxMemory',
  'maxProcesses',
  'maxPrompt',
  'retries',
]);

/** Hexadecimal digits: more than enough to tell millions apart. */
const DIGITS = 32;

/** Bytes of a file that is read to tell it from what it was; of a larger one the size and the time of its last change count. */
const MOST_READ = 64 * 1024 * 1024;

/**
 * Names all that the answer to a request depends on that lies with who asks: the prompt, what is attached, the options of
 * the run, and the content of files that they name. What claude finds in its folder, and claude itself, are not in it.
 */
export function fingerprintOf(request: RunRequest, prompt: Prompt): string {
  const fields = Object.fromEntries(Object.entries(request).filter(([name]) => !HOLDING.has(name)));
  const cwd = resolve(request.cwd ?? '.');
  const named = [...filesNamed(fields), ...mentionedIn(prompt).map((path) => resolve(cwd, path))];
  const key = requestKey({ ...askedOf(fields, prompt), files: named.flatMap(contentOf) });
  return key.replace('sha256:', '').slice(0, DIGITS);
}

function filesNamed(fields: Readonly<Record<string, unknown>>): string[] {
  return ALL_FIELDS.filter(({ paths }) => paths === true)
    .flatMap(({ name }) => fields[name] ?? [])
    .filter((value) => typeof value === 'string' && isJsonPath(value))
    .map(String);
}

/** None for what is no file. */
function contentOf(path: string): string[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isFile() !== true) return [];
  if (stats.size > MOST_READ) return [`${stats.size} ${stats.mtimeMs}`];
  return [createHash('sha256').update(readFileSync(path)).digest('hex')];
}
