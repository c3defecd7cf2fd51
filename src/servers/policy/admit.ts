import type { ClaudeOptions } from '../../request/fields.ts';
import type { PermissionMode } from '../../request/fields/permissions.ts';
import type { RunRequest } from '../../request/run-request.ts';
import type { Host } from '../../run.ts';
import { childVariables } from './child-variables.ts';
import { claudeSettings } from './claude-settings.ts';
import { folderOf } from './folder.ts';
import { isDeeper } from './is-deeper.ts';
import { listed, quoted } from './quoted.ts';
import {
  filePermissionOf,
  IDLE_FENCE,
  isCovered,
  isIdleFence,
  mcpServerOf,
  type ToolRule,
  toolRule,
} from './tool-rule.ts';
import type { Policy } from '../policy.ts';
import type { QueryRequest } from '../query-request.ts';
import { Refusal } from '../refusal.ts';

/** A request that was let in, as a run. */
export interface Admission {
  readonly run: RunRequest;
  /** What its folder is, claude's environment, and what is a secret in it. */
  readonly host: Pick<Host, 'folder' | 'env' | 'redactor' | 'origins' | 'nameOption' | 'discreet'>;
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
  const { request: own } = policy;
  rejectUnfitText(request, policy);
  const { path: cwd, identity } = folderOf(request.cwd ?? policy.roots[0], policy.roots);
  const mode = modeOf(request, policy);
  const rules = rulesOf(request, policy);
  const model = modelOf(request, policy);
  const maxBudgetUsd = atMost('maxBudgetUsd', request.maxBudgetUsd, policy.maxBudgetUsd);
  const variables = childVariables(env, policy.env);
  const appended = [own.appendSystemPrompt, request.appendSystemPrompt].filter((text) => text !== undefined);
  return {
    cwd,
    run: {
      ...own,
      ...(model === undefined ? {} : { model }),
      ...(maxBudgetUsd === null ? {} : { maxBudgetUsd }),
      ...(appended.length === 0 ? {} : { appendSystemPrompt: appended.join('\n\n') }),
      ...(request.jsonSchema === undefined ? {} : { jsonSchema: JSON.stringify(request.jsonSchema) }),
      ...(request.sessionId === undefined ? {} : { resume: resumable(request.sessionId, policy) }),
      maxTurns: atMost('maxTurns', request.maxTurns, policy.maxTurns),
      permissionMode: mode,
      ...toolOptions(rules, request, policy),
      settings: claudeSettings({ policy, rules, cwd, mode, env }),
      prompt: { inert: request.prompt },
      maxPrompt: policy.maxPrompt,
      cwd,
      timeout: atMost('timeoutMs', request.timeoutMs, policy.timeoutMs),
    },
    host: {
      folder: identity,
      discreet: true,
      env: variables,
      redactor: { env, ...policy.redactor },
      origins: policy.origins ?? {},
      ...(policy.nameOption === undefined ? {} : { nameOption: policy.nameOption }),
    },
  };
}

/** Levels of a JSON Schema; none that anybody wrote by hand has as many. */
const DEEPEST_SCHEMA = 100;

/** Refuses what cannot become an argument of a program, is empty, or is too long. */
function rejectUnfitText(request: QueryRequest, { maxPrompt, request: own }: Policy): void {
  const { prompt, appendSystemPrompt = '', model = '', jsonSchema } = request;
  if (prompt.trim() === '') throw malformed('prompt', 'there is nothing to ask');
  const size = Buffer.byteLength(prompt) + Buffer.byteLength(appendSystemPrompt);
  if (size > maxPrompt) {
    throw new Refusal(
      'forbidden',
      `prompt: ${size} bytes, with appendSystemPrompt, are over the limit of ${maxPrompt}`,
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

function modeOf({ permissionMode }: QueryRequest, { modes, defaultMode }: Policy): PermissionMode {
  if (permissionMode === undefined || modes.includes(permissionMode)) return permissionMode ?? defaultMode;
  throw forbidden('permissionMode', `${quoted(permissionMode)} is not allowed`, modes);
}

function modelOf({ model }: QueryRequest, { models, request: own }: Policy): string | undefined {
  if (model === undefined || models === null || models.includes(model)) return model ?? own.model;
  throw forbidden('model', `${quoted(model)} is not allowed`, models);
}

/** The operator's rules, or those of the request that are covered by them. */
function rulesOf({ allowedTools }: QueryRequest, policy: Policy): readonly ToolRule[] {
  const own = policy.tools.flatMap(
    (text) => toolRule(text) ?? { text, tool: text.replace(/\(.*/s, ''), content: text },
  );
  if (allowedTools === undefined) return own;
  return allowedTools.map((text) => {
    const asked = readRule('allowedTools', text);
    if (isIdleFence(asked)) throw malformed('allowedTools', `${quoted(text)}: ${IDLE_FENCE}`);
    if (own.some((allowed) => isCovered(asked, allowed))) return asked;
    throw forbidden('allowedTools', `${quoted(text)} is not allowed`, policy.tools);
  });
}

function readRule(field: string, text: string): ToolRule {
  const rule = toolRule(text);
  if (rule !== null) return rule;
  throw malformed(field, `${quoted(text)} is no tool such as Read, and no rule such as Bash(git log:*)`);
}

/** No other built-in tools exist than those the rules name; file tools as a whole are permitted in settings, by folder. */
function toolOptions(
  rules: readonly ToolRule[],
  { disallowedTools = [] }: QueryRequest,
  policy: Policy,
): Pick<ClaudeOptions, 'tools' | 'allowedTools' | 'disallowedTools'> {
  const builtIn = new Set(rules.map(({ tool }) => tool).filter((tool) => mcpServerOf(tool) === null));
  const allowed = rules.filter(({ tool, content }) => content !== null || filePermissionOf(tool) === null);
  const denied = [...policy.disallowedTools, ...disallowedTools.map((text) => readRule('disallowedTools', text).text)];
  rejectLong('allowedTools', allowed.map(({ text }) => text).join(','));
  rejectLong('disallowedTools', denied.join(','));
  return {
    tools: [...builtIn],
    ...(allowed.length === 0 ? {} : { allowedTools: allowed.map(({ text }) => text) }),
    ...(denied.length === 0 ? {} : { disallowedTools: denied }),
  };
}

function resumable(sessionId: string, { request: own }: Policy): string {
  if (own.isolate !== true && own.noSessionPersistence !== true) return sessionId;
  throw forbidden('sessionId', 'no session outlives its run on this server', []);
}

/** The operator's limit, or a request's own within it. */
function atMost<Limit extends number | null>(field: string, asked: number | undefined, limit: Limit): Limit | number {
  if (asked === undefined) return limit;
  if (limit === null || asked <= limit) return asked;
  throw new Refusal('forbidden', `${field}: ${asked} is over the limit of ${limit}`, { field, allowed: limit });
}

function malformed(field: string, problem: string): Refusal {
  return new Refusal('validation_error', `${field}: ${problem}`, { field });
}

function forbidden(field: string, problem: string, allowed: readonly string[]): Refusal {
  const instead = allowed.length === 0 ? 'leave it out' : `allowed: ${listed(allowed)}`;
  return new Refusal('forbidden', `${field}: ${problem}; ${instead}`, { field, allowed });
}
