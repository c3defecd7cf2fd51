import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import type { Query, RemoteRun } from '../client/client.ts';
import { SluiceError, systemCodeOf } from '../errors.ts';
import type { Evidence, StopReason } from '../outcome/evidence.ts';
import { failOnOf } from '../outcome/fail-on.ts';
import { stopReasonOf } from '../outcome/stop-reason.ts';
import { checkPrompt } from '../prompt/check-prompt.ts';
import { charactersLeft, condensationOf, preparePrompt } from '../prompt/prepare-prompt.ts';
import type { Prompt } from '../request/prompt.ts';
import type { RunRequest } from '../request/run-request.ts';
import type { run } from '../run.ts';
import type { Spending } from '../run/budget.ts';
import { conduct } from '../run/conduct.ts';
import type { Given } from '../run/given.ts';
import { declaresSomething, redactorOf } from '../run/redactor-of.ts';
import type { Host } from '../run/host.ts';
import { promptOf } from '../run/prompt-of.ts';
import { type Stop, unlessStopped } from '../run/stop.ts';
import type { Redactor } from '../secrets/redactor.ts';
import type { Play } from '../sinks/deliver.ts';
import type { Line } from '../stream/split-lines.ts';
import type { Batch } from '../stream/stage.ts';
import { countIn, emptyTally, type Tally } from '../stream/tally.ts';
import type { Truncator } from '../stream/truncate.ts';
import { begun } from '../system/begun.ts';
import { within } from '../system/bounded-wait.ts';
import { randomUuid } from '../system/random-uuid.ts';
import { follow } from './follow.ts';
import type { Gateway } from './gateway.ts';
import { type GatewayFault, gatewayFault } from './gateway-fault.ts';
import { queryOf } from './query-of.ts';
import { verdictOf, withOwn } from './verdict.ts';

/**
 * What {@link run} is, with a gateway that carries the run out. Its events are redacted once more, by what is a secret
 * here, and an ending of a kind that is not known is judged by them. What only makes sense on one machine is not sent.
 */
export function remoteRun(gateway: Gateway): typeof run {
  return (...asked) => conduct((...given) => perform(gateway, ...given), ...asked);
}

/** What becomes of a run. */
interface State {
  redactor: Redactor | null;
  masked: Tally;
  prompt: Prompt | null;
  run: RemoteRun | null;
  fault: GatewayFault | null;
  spending: Spending | null;
  remarks: string[];
}

async function* perform(gateway: Gateway, given: Given, truncator: Truncator, stop: Stop): Play {
  const state: State = {
    redactor: null,
    masked: emptyTally(),
    prompt: null,
    run: null,
    fault: given.fault && { error: given.fault },
    spending: null,
    remarks: [],
  };
  try {
    return yield* carriedOut(gateway, given, truncator, stop, state);
  } finally {
    await state.spending?.end();
  }
}

async function* carriedOut(
  gateway: Gateway,
  { request, host, fault }: Given,
  truncator: Truncator,
  { signal, remaining }: Stop,
  state: State,
): Play {
  const startedAt = new Date().toISOString();
  const start = performance.now();
  const env = host.env ?? process.env;
  const redactor = async (): Promise<Redactor> => (state.redactor ??= await redactorOf(request, host, env));
  const fail = (error: unknown): void => {
    state.fault ??= gatewayFault(error, gateway);
  };

  try {
    if (declaresSomething(request, host)) await redactor();
    if (fault === null) state.prompt = await unlessStopped(promptOf(request, host, signal, redactor), signal);
    if (state.prompt !== null) {
      state.prompt = await prepared(state.prompt, request, redactor, state.masked);
      const query = { ...withTime(queryOf(request, state.prompt, host), remaining()), ...TIED };
      if (!signal.aborted) state.spending = (await host.budget?.open()) ?? null;
      state.run = await submitted(gateway, query, signal, host.forceStop, (remark) => state.remarks.push(remark));
    }
  } catch (error) {
    fail(error);
  }

  const lines = state.run === null ? nothing() : begun(followed(state.run));
  // Loaded only once all is sent: the gateway is at work meanwhile.
  await turn();
  const { readRecording } = await import('../stream/read-recording.ts');
  const masks = state.fault === null ? await redactor() : await redactor().catch(() => redactorOf({}, {}, env));
  masks.addValues(
    gateway.secrets().filter(({ length }) => length >= MIN_SECRET),
    'configured',
  );
  const reader = readRecording(lines, masks);

  async function* followed(run: RemoteRun): AsyncGenerator<Batch<Line>, void, undefined> {
    try {
      yield* follow(run, {
        signal,
        forceStop: host.forceStop,
        pieces: request.includePartialMessages === true,
        approve: host.canUseTool,
        onRemark: (remark) => state.remarks.push(remark),
      });
    } catch (error) {
      fail(error);
    }
  }

  let seen = 0;
  for await (const events of reader.events()) {
    seen += events.filter(({ message }) => message.type !== 'sluice').length;
    yield events;
  }
  const told = reader.told();
  const stoppedBy = signal.aborted ? stopReasonOf(signal.reason) : null;
  if (told === null && state.fault === null && stoppedBy === null) {
    if (seen > 0) state.remarks.push(`${UNKNOWN_ENDING}, so it is judged by its messages; ${OTHER_VERSION}`);
    else fail(new SluiceError('api_error', `${gateway.url}: ${UNKNOWN_ENDING}, and no message; ${OTHER_VERSION}`));
  }
  const own = {
    runId: state.run?.runId ?? host.runId ?? randomUuid(),
    startedAt,
    executionTime: Math.round(performance.now() - start),
    path: null,
  };
  const ours = reader.judge(evidenceOf(request, host, state, stoppedBy), own);
  const { outcome, report } = withOwn(told === null ? ours : verdictOf(told, ours), {
    warnings: told === null ? [] : warningsOf(state),
    masked: state.masked,
    condensed: state.prompt === null ? undefined : condensationOf(state.prompt),
    retryAfter: state.fault?.retryAfter,
  });
  state.spending?.settle(report);
  return { ...outcome, report, clipped: truncator.clipped() };
}

/** Has the gateway end the run if this process dies, and can't cancel it. */
const TIED = { onDisconnect: 'stop' } as const;

/** The shortest part of a credential that is looked for in what is printed. */
const MIN_SECRET = 8;

const UNKNOWN_ENDING = 'the gateway tells no ending that is known here';
const OTHER_VERSION = 'is it of another version?';

async function* nothing(): AsyncGenerator<Batch<Line>, void, undefined> {}

/** What was piped in or attached is masked here: nobody else knows what is a secret here. */
async function prepared(
  prompt: Prompt,
  request: RunRequest,
  redactor: () => Promise<Redactor>,
  masked: Tally,
): Promise<Prompt> {
  checkPrompt(prompt, request.maxPrompt, charactersLeft(request));
  const { inert = '', attachments = [], images = [] } = prompt;
  if (inert === '' && attachments.length + images.length === 0) return prompt;
  const preparing = { ...request, spill: null };
  return (await preparePrompt(prompt, await redactor(), preparing, (kind) => countIn(masked, kind))).prompt;
}

function withTime(query: Query, remainingMs: number): Query {
  return Number.isFinite(remainingMs) ? { ...query, timeoutMs: Math.max(1, Math.ceil(remainingMs)) } : query;
}

function evidenceOf(
  request: RunRequest,
  host: Host,
  state: State,
  stoppedBy: StopReason | null,
): Omit<Evidence, 'facts'> {
  const { fault } = state;
  return {
    exit: null,
    stderr: '',
    stoppedBy,
    remarks: warningsOf(state),
    fault: fault && { code: fault.error.code, message: fault.error.told(host.nameOption) },
    nameOption: host.nameOption,
    asked: {
      schema: request.jsonSchema !== undefined,
      failOn: failOnOf(request),
      findings: request.findings === true,
      failOnFindings: request.failOnFindings,
    },
    endedAt: Date.now(),
  };
}

function warningsOf({ prompt, remarks }: State): string[] {
  return [...(prompt?.warnings ?? []), ...remarks];
}

/** How long a gateway may take to let a run in that is to end already, in milliseconds. */
const LET_IN_MS = 5_000;

/** How often a run is submitted in all, where the connection breaks under the request: under its key it is the same run. */
const SUBMISSIONS = 3;
const AGAIN_AFTER_MS = 200;

/** Undici's, and the system's, for a connection that was there. */
const BROKEN: ReadonlySet<string | undefined> = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/** Null where it is to end before the gateway says whether it has begun. @throws what the client throws */
async function submitted(
  { client }: Gateway,
  query: Query,
  signal: AbortSignal,
  forceStop: AbortSignal | undefined,
  onRemark: (remark: string) => void,
): Promise<RemoteRun | null> {
  if (signal.aborted) return null;
  const key = randomUuid();
  const given = new AbortController();
  const submit = async (): Promise<RemoteRun> => {
    for (let left = SUBMISSIONS - 1; ; left -= 1) {
      try {
        return await client.submit(query, { key, signal: given.signal });
      } catch (error) {
        if (left === 0 || given.signal.aborted || !BROKEN.has(systemCodeOf(error))) throw error;
        await sleep(AGAIN_AFTER_MS);
      }
    }
  };
  const run = submit();
  const inTime = await within(run, { signal });
  if (inTime.done) return inTime.value;
  // It may run already, and somebody pays for it: only who knows its name can end it.
  const late = await within(run, { ms: LET_IN_MS, ...(forceStop === undefined ? {} : { signal: forceStop }) });
  if (late.done) return late.value;
  given.abort();
  run.catch(() => {});
  onRemark('the gateway did not say whether it has begun the run, which may go on there');
  return null;
}
