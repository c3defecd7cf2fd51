import type { OutcomeClass } from '../../outcome/classes.ts';
import type { Report } from '../../outcome/report-schema.ts';
import type { Mask } from '../../secrets/mask.ts';
import { mapStrings } from '../../stream/map-strings.ts';
import type { Caller } from '../caller.ts';
import { type PromptTrace, promptTrace } from '../prompt-trace.ts';
import type { QueryRequest } from '../../request/query-schema.ts';
import type { ErrorCode } from '../refusal.ts';
import type { CallbackResult, Query, QueryEnd } from '../observer.ts';
import { wholeUnits } from '../../shorten.ts';

/** What is written down of one query. What only a run has is null where nothing was started. */
export interface AuditLine {
  /** When it came, ISO 8601 in UTC; it ended `queuedMs + durationMs` later. */
  readonly time: string;
  readonly runId: string;
  /** Claude's session; the one that was to be resumed is among the options. */
  readonly sessionId: string | null;
  readonly caller: Caller;
  /** The folder it worked in; null when it was refused before that was known. */
  readonly cwd: string | null;
  /** These two are null when the request could not be read. */
  readonly options: AskedOptions | null;
  readonly prompt: PromptTrace | null;
  /** Only where prompts are asked for. */
  readonly promptText?: string;
  readonly ended: QueryEnd['ended'];
  readonly outcome: { readonly class: OutcomeClass; readonly exitCode: number; readonly message: string } | null;
  readonly refusal: { readonly error_code: ErrorCode; readonly message: string } | null;
  readonly queuedMs: number;
  readonly durationMs: number;
  readonly firstMessageMs: number | null;
  readonly tokens: Report['usage'] | null;
  readonly costUsd: number | null;
  readonly turns: number | null;
  /** The earlier run whose answer was given, and when it was kept; absent where claude was asked. */
  readonly cached?: Report['cached'];
  /** Claude's processor time, and the most memory it took; null where that can't be told, too. */
  readonly cpuMs: number | null;
  readonly peakMemoryBytes: number | null;
  /** Calls of tools that were not permitted. */
  readonly denials: { readonly count: number; readonly tools: readonly string[] } | null;
  /** What was asked of people about calls of tools, and what they said; absent where nothing was. */
  readonly approvals?: Report['approvals'];
  /** Retries, claude's own and those of the whole run. */
  readonly retries: number | null;
  /** Secrets that were masked in what claude said. */
  readonly redactions: number | null;
}

/** What is written down of a callback, which tells a program that its query has ended. */
export interface CallbackLine {
  /** ISO 8601 in UTC. */
  readonly time: string;
  readonly runId: string;
  readonly callback: CallbackResult;
}

/** The fields of a request as they came, without the prompt. Of fields that can be as long as a prompt, only their presence. */
export interface AskedOptions extends Omit<
  QueryRequest,
  'prompt' | 'appendSystemPrompt' | 'jsonSchema' | 'context' | 'attachments'
> {
  readonly appendSystemPrompt?: { readonly characters: number };
  readonly jsonSchema?: true;
  readonly context?: true;
  /** Their names. */
  readonly attachments?: readonly string[];
}

export interface AuditLineOptions {
  /** Whether the prompt is written down, too. */
  readonly prompts: boolean;
  readonly mask: Mask;
}

/** UTF-16 units of a text, and items of a list, that are written down: who is refused may have sent any amount. */
const MAX_CHARS = 1_000;
const MAX_ITEMS = 100;

/** The same of the prompt of a query that was refused. Others are as long as the operator lets them be. */
const MAX_REFUSED_PROMPT = 20_000;

/** What to write down of a query that has ended. Pure. Every text of foreign origin is redacted, then clipped. */
export function auditLine(query: Query, end: QueryEnd, { prompts, mask }: AuditLineOptions): AuditLine {
  const { runId, caller, request, cwd, receivedAt } = query;
  const { ended, ending, refusal, queuedMs, durationMs, firstMessageMs } = end;
  const report = ending?.report;
  const edit: Mask = (text, name) => clip(mask(text, name), MAX_CHARS);
  const editLines = (items: readonly string[], name?: string): string[] =>
    firstOf(items).map((item) => edit(item, name));
  const safe = <Value>(value: Value): Value => mapStrings(value, edit, { editLines });
  const promptLimit = ended === 'refused' ? MAX_REFUSED_PROMPT : Number.POSITIVE_INFINITY;
  return {
    time: receivedAt,
    runId,
    sessionId: safe(report?.sessionId ?? null),
    caller: safe(caller),
    cwd: safe(cwd),
    options: request && safe(askedOptions(request)),
    prompt: query.promptTrace ?? (request && promptTrace(request.prompt, runId)),
    ...(prompts && request !== null ? { promptText: clip(mask(request.prompt), promptLimit) } : {}),
    ended,
    outcome: ending && { class: ending.class, exitCode: ending.exitCode, message: safe(ending.message) },
    refusal: refusal && { error_code: refusal.errorCode, message: safe(refusal.message) },
    queuedMs: Math.round(queuedMs),
    durationMs: Math.round(durationMs),
    firstMessageMs: firstMessageMs === null ? null : Math.round(firstMessageMs),
    tokens: report?.usage ?? null,
    costUsd: report?.totalCostUsd ?? null,
    turns: report?.numTurns ?? null,
    ...(report?.cached === undefined ? {} : { cached: report.cached }),
    cpuMs: report?.claude.cpuMs ?? null,
    peakMemoryBytes: report?.claude.peakMemoryBytes ?? null,
    denials: report === undefined ? null : safe(denialsOf(report)),
    ...(report?.approvals === undefined ? {} : { approvals: safe(report.approvals) }),
    retries: report?.attempts.length ?? null,
    redactions: report?.redactions.total ?? null,
  };
}

/** What to write down of a callback. */
export function callbackLine(
  { runId }: Query,
  result: CallbackResult,
  { mask }: Pick<AuditLineOptions, 'mask'>,
): CallbackLine {
  const edit: Mask = (text, name) => clip(mask(text, name), MAX_CHARS);
  return { time: new Date().toISOString(), runId, callback: mapStrings(result, edit) };
}

function askedOptions(request: QueryRequest): AskedOptions {
  const { prompt: _, appendSystemPrompt, jsonSchema, context, attachments, ...others } = request;
  return {
    ...others,
    ...(appendSystemPrompt === undefined ? {} : { appendSystemPrompt: { characters: appendSystemPrompt.length } }),
    ...(jsonSchema === undefined ? {} : { jsonSchema: true }),
    ...(context === undefined ? {} : { context: true }),
    ...(attachments === undefined ? {} : { attachments: attachments.map(({ name }) => name) }),
  };
}

function denialsOf({ permissionDenials }: Report): NonNullable<AuditLine['denials']> {
  const tools = new Set(permissionDenials.map(({ tool_name }) => tool_name));
  return { count: permissionDenials.length, tools: [...tools] };
}

function clip(text: string, limit: number): string {
  const shown = wholeUnits(text, limit);
  return shown === text.length ? text : `${text.slice(0, shown)}… [${text.length - shown} characters more]`;
}

function firstOf(items: readonly string[]): string[] {
  return items.length <= MAX_ITEMS
    ? [...items]
    : [...items.slice(0, MAX_ITEMS), `… [${items.length - MAX_ITEMS} more]`];
}
