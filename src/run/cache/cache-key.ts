import { resolve } from 'node:path';
import { variablesNamed } from '../../claude/pool/configuration.ts';
import { foundAtStart } from '../../claude/pool/found-at-start.ts';
import { stampOf, treeOf } from '../../claude/pool/stamps.ts';
import { homeOf, type Place } from '../../claude/start/config-folder.ts';
import type { Prompt } from '../../request/prompt.ts';
import { canonicalJson } from '../../request/request-key.ts';
import type { RunRequest } from '../../request/run-request.ts';
import { sha256 } from '../../system/sha256.ts';
import { answerInputs, mentionedIn } from './answer-inputs.ts';
import type { Host } from '../host.ts';

/** Variables that say where the model is, which one, and what else claude tells it, by the beginnings of their names. */
const TELLING =
  /^(?:ANTHROPIC|CLAUDE|AWS|GOOGLE|GCLOUD|CLOUD|CLOUDSDK|VERTEX|AZURE|MCP|MAX|DISABLE|ENABLE|USE|API|BASH|NODE)_/;
const TOLD = new Set(['HOME', 'USERPROFILE', 'XDG_CONFIG_HOME', 'PATH', 'SHELL', 'USER', 'LANG', 'LC_ALL', 'TZ']);

/** Variables that may hold what is masked, more of them than do; rules are not loaded to tell. */
const MASKED = /key|token|secret|pass|pwd|credential|auth|cookie|dsn|pat|private|_ur[li]|proxy|connection/i;

/** Set by a claude around this one, for each of its sessions; the one that is started does not see them. */
const OF_OUTER_RUN = /^CLAUDE_CODE_(?:SESSION|SSE|ENTRYPOINT|CHILD|TMPDIR)/;

/**
 * Names all that the answer of a run depends on: the request and the prompt, claude itself, and what it reads at its start,
 * what is masked, and who asks. Null where that can't be told.
 */
export function cacheKey(request: RunRequest, host: Host, prompt: Prompt): string | null {
  const { env = process.env, origins = {}, redactor, folder, settings, canUseTool } = host;
  const cwd = resolve(request.cwd ?? process.cwd());
  const place = { env, cwd };
  try {
    const canonical = canonicalJson({
      ...answerInputs({ ...request, settings: settings?.key ?? request.settings }, prompt),
      mentioned: mentionedIn(prompt).flatMap((path) => stateOf(path, place)),
      found: foundAtStart(request, place, origins),
      environment: tellingVariables(request, place),
      host: [redactor, folder, canUseTool !== undefined],
    });
    return `sha256:${sha256(canonical)}`;
  } catch {
    return null;
  }
}

function tellingVariables(request: RunRequest, place: Place): unknown {
  const named = variablesNamed(request, place);
  const counts = (name: string): boolean =>
    named.has(name) || TOLD.has(name) || MASKED.test(name) || (TELLING.test(name) && !OF_OUTER_RUN.test(name));
  return Object.fromEntries(Object.entries(place.env).filter(([name]) => counts(name)));
}

/** The state of a file, or of all that lies in a folder. @throws RangeError where that is too much */
function stateOf(path: string, { env, cwd }: Place): string[] {
  const file = resolve(cwd, path.replace(/^~(?=\/|$)/, homeOf(env)));
  return stampOf(file) === null ? [] : treeOf(file);
}
