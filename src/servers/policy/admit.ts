import { PROMPT } from '../../request/run-options/prompt.ts';
import type { RunRequest } from '../../request/run-request.ts';
import type { Host } from '../../run.ts';
import { callbackUrlOf } from '../callbacks/callback-url.ts';
import { childVariables } from './child-variables.ts';
import { areSettingsPublic, claudeSettings, settingsKey } from './claude-settings.ts';
import { folderOf } from './folder.ts';
import { forbidden } from './forbidden.ts';
import { isDeeper } from '../../request/is-deeper.ts';
import { narrowedRequest } from './narrowed-request.ts';
import { quoted } from './quoted.ts';
import { chosenServers, promptOf, sizeOfSentAlong } from './sent-along.ts';
import {
  filePermissionOf,
  IDLE_FENCE,
  isIdleFence,
  mcpServerOf,
  ruleAsIs,
  type ToolRule,
  toolRule,
} from '../../request/narrowing/tool-rule.ts';
import type { Policy } from '../policy.ts';
import type { QueryRequest } from '../../request/query-schema.ts';
import { malformed, Refusal } from '../refusal.ts';

/** A request that was let in, as a run. */
export interface Admission {
  readonly run: RunRequest;
  /** What its folder is, claude's environment, and what is a secret in it. */
  readonly host: Pick<Host, 'folder' | 'settings' | 'env' | 'redactor' | 'origins' | 'nameOption' | 'discreet'>;
  /** The folder it works in, its symbolic links followed. */
  readonly cwd: string;
}

/** Bytes of one argument of a program, less than Linux takes: what is longer could not be started. */
const LONGEST_ARGUMENT = 100_000;

/**
 * Lets a request in as far as the policy goes: what it leaves open is the operator's, what goes further is refused, and
 * nothing is changed silently. Nothing in its prompt is acted upon by claude: `@/etc/passwd` would attach that file, past
 * all permissions.
 * @param env the server's environment: claude is given a part of it, its secrets are masked whether it is or not
 * @throws Refusal
 */
export function admit(
  request: QueryRequest,
  policy: Policy,
  env: Readonly<Record<string, string | undefined>>,
): Admission {
  const prompt = promptOf(request);
  rejectUnfitText(request, policy, sizeOfSentAlong(prompt));
  rejectUnfitRules(request);
  if (request.callbackUrl !== undefined) callbackUrlOf(request.callbackUrl, policy.callbacks ?? null);
  const { path: cwd, identity } = folderOf(request.cwd ?? policy.roots[0], policy.roots);
  const {
    allowedTools = policy.tools,
    disallowedTools = [],
    permissionMode: mode = policy.request.permissionMode,
    ...others
  } = narrowedRequest({ ...request, cwd }, policy);
  if (others.resume !== undefined) rejectUnresumable(policy);
  const rules = allowedTools.map(ruleAsIs);
  const input = { policy, rules, cwd, mode, env };
  return {
    cwd,
    run: {
      ...others,
      permissionMode: mode,
      ...toolOptions(rules, request.allowedTools === undefined ? (policy.askTools ?? []) : [], disallowedTools),
      ...chosenServers(request, policy),
      prompt,
    },
    host: {
      folder: identity,
      settings: {
        key: settingsKey(input),
        make: () => claudeSettings(input),
        mayShow: () => areSettingsPublic(input),
      },
      discreet: true,
      env: childVariables(env, policy.env),
      redactor: { env, ...policy.redactor },
      origins: policy.origins ?? {},
      ...(policy.nameOption === undefined ? {} : { nameOption: policy.nameOption }),
    },
  };
}

/** Levels of a JSON Schema; none that anybody wrote by hand has as many. */
const DEEPEST_SCHEMA = 100;

/** Refuses what cannot become an argument of a program, is empty, or is too long. */
function rejectUnfitText(request: QueryRequest, { request: own }: Policy, sentAlong: number): void {
  const { prompt, appendSystemPrompt = '', model = '', jsonSchema } = request;
  const { maxPrompt = PROMPT.maxPrompt.default } = own;
  if (prompt.trim() === '') throw malformed('prompt', 'there is nothing to ask');
  const size = Buffer.byteLength(prompt) + Buffer.byteLength(appendSystemPrompt) + sentAlong;
  if (size > maxPrompt) {
    throw new Refusal(
      'forbidden',
      `prompt: ${size} bytes, with ${sentAlong === 0 ? '' : 'all that is sent along and '}appendSystemPrompt, are over the limit of ${maxPrompt}`,
      {
        field: 'prompt',
        allowed: maxPrompt,
      },
    );
  }
  if (!/^[\w.:/@[\]-]{0,200}$/.test(model)) throw malformed('model', `${quoted(model)} is no name of a model`);
  if (appendSystemPrompt.includes('\0')) throw malformed('appendSystemPrompt', 'it holds a NUL character');
  rejectLong('appendSystemPrompt', `${own.appendSystemPrompt ?? ''}\n\n${appendSystemPrompt}`);
  if (isDeeper(jsonSchema, DEEPEST_SCHEMA)) {
    throw malformed('jsonSchema', `it is nested more than ${DEEPEST_SCHEMA} levels deep`);
  }
  if (jsonSchema !== undefined) rejectLong('jsonSchema', JSON.stringify(jsonSchema));
  if (appendSystemPrompt !== '' && own.appendSystemPromptFile !== undefined) {
    throw forbidden('appendSystemPrompt', 'the operator adds a text already, and claude takes one', []);
  }
}

function rejectLong(field: string, text: string): void {
  const size = Buffer.byteLength(text);
  if (size > LONGEST_ARGUMENT) throw malformed(field, `${size} bytes are over the limit of ${LONGEST_ARGUMENT}`);
}

/** Refuses what is no rule, or one that would only seem to confine. */
function rejectUnfitRules({ allowedTools = [], disallowedTools = [] }: QueryRequest): void {
  for (const text of allowedTools) {
    if (isIdleFence(readRule('allowedTools', text))) throw malformed('allowedTools', `${quoted(text)}: ${IDLE_FENCE}`);
  }
  for (const text of disallowedTools) readRule('disallowedTools', text);
}

function readRule(field: string, text: string): ToolRule {
  const rule = toolRule(text);
  if (rule !== null) return rule;
  throw malformed(field, `${quoted(text)} is no tool such as Read, and no rule such as Bash(git log:*)`);
}

/** No other built-in tools exist than those the rules name; file tools as a whole are permitted in settings, by folder. */
function toolOptions(
  rules: readonly ToolRule[],
  asked: readonly string[],
  denied: readonly string[],
): Pick<RunRequest, 'tools' | 'allowedTools' | 'disallowedTools'> {
  const builtIn = new Set(rules.map(({ tool }) => tool).filter((tool) => mcpServerOf(tool) === null));
  const allowed = rules.filter(({ tool, content }) => content !== null || filePermissionOf(tool) === null);
  rejectLong('allowedTools', allowed.map(({ text }) => text).join(','));
  rejectLong('disallowedTools', denied.join(','));
  return {
    tools: [...new Set([...builtIn, ...asked.filter((tool) => mcpServerOf(tool) === null)])],
    ...(allowed.length === 0 ? {} : { allowedTools: allowed.map(({ text }) => text) }),
    ...(denied.length === 0 ? {} : { disallowedTools: denied }),
  };
}

function rejectUnresumable({ request: own }: Policy): void {
  if (own.isolate !== true && own.noSessionPersistence !== true) return;
  throw forbidden('sessionId', 'no session outlives its run on this server', []);
}
