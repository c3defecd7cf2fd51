import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { ALL_RUN_OPTIONS } from '../../request/run-options.ts';
import { isJsonPath } from '../../request/kinds/json.ts';
import type { Prompt } from '../../request/prompt.ts';
import { requestKey } from '../../request/request-key.ts';
import type { RunRequest } from '../../request/run-request.ts';
import { answerInputs, mentionedIn, promptInput } from '../../run/cache/answer-inputs.ts';

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

/** Names what an answer depends on: the same for the same request and prompt, and another one for any other. */
export type Fingerprint = (request: RunRequest, prompt: Prompt) => string;

/**
 * Names all that the answer to a request depends on that lies with who asks: the prompt, what is attached, the options of
 * the run, and the content of files that they name. What claude finds in its folder, and claude itself, are not in it.
 * @param base what most requests ask: its files are read once
 */
export function fingerprints(base: RunRequest): Fingerprint {
  const ofBase = optionsOf(base);
  return (request, prompt) => {
    const options = request === base ? ofBase : optionsOf(request);
    const mentioned = mentionedIn(prompt).map((path) => resolve(request.cwd ?? '.', path));
    const key = requestKey({ files: mentioned.flatMap(contentOf), options, prompt: promptInput(prompt) });
    // A copy: a slice would keep the whole of what it is cut from in memory.
    return Buffer.from(key, 'latin1').toString('latin1', ALGORITHM.length, ALGORITHM.length + DIGITS);
  };
}

/** What a key begins with. */
const ALGORITHM = 'sha256:';

function optionsOf(request: RunRequest): string {
  const asked = Object.entries(request).filter(([name]) => !HOLDING.has(name));
  const { fields } = answerInputs(Object.fromEntries(asked), {});
  return requestKey({ fields, files: filesNamed(fields).flatMap(contentOf) });
}

const NAMING_FILES = new Set(ALL_RUN_OPTIONS.filter(({ paths }) => paths === true).map(({ name }) => name));

function filesNamed(fields: object): string[] {
  return Object.entries(fields)
    .filter(([name]) => NAMING_FILES.has(name))
    .flatMap(([, value]: [string, unknown]) => (Array.isArray(value) ? value : [value]))
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
