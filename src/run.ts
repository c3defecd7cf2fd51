import { randomUUID } from 'node:crypto';
import type { ClaudeOptions } from './claude/options/flags.ts';
import { inlineSecrets } from './claude/options/inline-secrets.ts';
import { type Launched, type LaunchOptions, launchClaude } from './claude/launch.ts';
import type { ChildEnding } from './claude/supervise.ts';
import { SluiceError, asSluiceError } from './errors.ts';
import { MAX_CHARS } from './limits.ts';
import type { StopReason } from './messages/evidence.ts';
import { stopReasonOf } from './messages/stop-reason.ts';
import { countIn, emptyTally, type Tally } from './messages/tally.ts';
import type { RunEvent } from './messages/types.ts';
import { checkPrompt, composePrompt, type Prompt } from './prompt/compose.ts';
import { redactPrompt } from './prompt/redact-prompt.ts';
import { refuseSuperLinear } from './secrets/custom/linear-time.ts';
import type { Redactor, RedactorOptions } from './secrets/redactor.ts';
import { deliver, type Play } from './sinks/deliver.ts';
import type { Ending, Sink } from './sinks/sink.ts';
import { createTruncator, type Truncator } from './stream/truncate.ts';

/** One run of claude: what to ask, with which of claude's own options, and within which bounds. */
export interface RunOptions extends ClaudeOptions {
  /** A string is an instruction. A function is called once, when the run starts. */
  readonly prompt: string | Prompt | (() => Promise<Prompt>);
  /** Arguments that go to claude as they are, after all others. */
  readonly passThrough?: readonly string[];
  /** Where claude works; default: the current directory. */
  readonly cwd?: string;
  /** The child's environment, in which secrets are looked for too; default: this process's. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The claude to run; default: the first on `PATH`, then one installed beside sluice. */
  readonly claudePath?: string;
  /** Who chose the path of claude and the working directory, for errors. */
  readonly layers?: { readonly claudePath?: string | undefined; readonly cwd?: string | undefined };
  /** The bound on the whole run, in milliseconds; default: none. */
  readonly timeout?: number;
  /** How often claude may retry a call of the API; default: its own 10. */
  readonly retries?: number;
  /** UTF-16 units kept of each string in events; default 20,000. Infinity keeps all. */
  readonly maxChars?: number;
  /** What else counts as a secret, or false to let secrets through, both ways. */
  readonly redact?: RedactorOptions | false;
  /** Whether secrets in piped text and attachments are masked before the model sees them; default: yes. */
  readonly redactInput?: boolean;
  /** Makes a run in which tools were denied end as `denied`. */
  readonly failOnDenied?: boolean;
  /** Aborted after the run's own signal, it ends all graces: claude is killed now. */
  readonly hurry?: AbortSignal;
}

/**
 * Runs claude and yields its events as they happen, redacted and clipped; returns how it ended. Leaving the loop early
 * stops claude. Nothing is thrown: whatever goes wrong is in the ending.
 * @param signal stops the run; its `reason` may be an `InterruptReason`
 */
export async function* stream(options: RunOptions, signal?: AbortSignal): AsyncGenerator<RunEvent, Ending, undefined> {
  const left = new AbortController();
  const stop = stopOf(options, left.signal, signal);
  const truncator = createTruncator(options.maxChars ?? MAX_CHARS);
  const play = perform(options, truncator, stop.signal);
  let step = await play.next();
  try {
    for (; step.done !== true; step = await play.next()) {
      for (const event of step.value) yield truncator.clip(event);
    }
    return step.value;
  } finally {
    left.abort('reader_gone');
    while (step.done !== true) step = await play.next();
    stop.forget();
  }
}

/**
 * Runs claude, gives every event to every sink, closes them, and tells how it ended. The run ends early when the first
 * sink fails; another one's failure is told at the end. Nothing is thrown.
 * @param signal stops the run; its `reason` may be an `InterruptReason`
 */
export async function run(options: RunOptions, sinks: readonly Sink[], signal?: AbortSignal): Promise<Ending> {
  const broken = new AbortController();
  const truncator = createTruncator(options.maxChars ?? MAX_CHARS);
  const stop = stopOf(options, broken.signal, signal);
  const play = perform(options, truncator, stop.signal);
  try {
    return await deliver(play, truncator.clip, sinks, {
      signal: stop.signal,
      stop: (failure) => broken.abort(failure),
    });
  } finally {
    stop.forget();
  }
}

/** The run itself. All that it acquires is released here, whatever happens. */
async function* perform(options: RunOptions, truncator: Truncator, signal: AbortSignal): Play {
  const startedAt = new Date();
  const start = performance.now();
  const env = options.env ?? process.env;
  const state: State = { redactor: null, prompt: null, launched: null, exit: null, stoppedBy: null, fault: null };

  function onAbort(): void {
    state.stoppedBy = stopReasonOf(signal.reason);
    if (signal.reason instanceof SluiceError) state.fault = signal.reason;
    state.launched?.child.stop(state.stoppedBy);
  }
  const onHurry = (): void => state.launched?.child.stop(state.stoppedBy ?? 'SIGINT', 'now');

  signal.addEventListener('abort', onAbort, { once: true });
  options.hurry?.addEventListener('abort', onHurry, { once: true });
  if (signal.aborted) onAbort();
  try {
    try {
      // What the user declares can be wrong: then nothing is started.
      if (declaresSomething(options.redact)) state.redactor = await redactorOf(options.redact, env);
      state.prompt = await unlessStopped(promptOf(options), signal);
      if (state.prompt !== null) {
        checkPrompt(state.prompt);
        state.launched = launchClaude(launchOptions(options, env));
      }
    } catch (error) {
      state.fault = asSluiceError(error);
    }
    // Loaded only now, while claude starts: schemas and rules are what takes time.
    const { readRun } = await import('./stream/read-run.ts');
    const { splitLines } = await import('./stream/split-lines.ts');
    const redactor = state.redactor ?? (await redactorOf(state.fault === null ? options.redact : {}, env));
    redactor.addValues(inlineSecrets(options), 'configured');
    const redactedInput = ask(state, redactor, options.redactInput);
    const { launched } = state;
    const lines = splitLines(launched?.chunks() ?? nothing());
    const reader = readRun(lines, redactor, (message) => launched?.child.observe(message));
    try {
      yield* reader.events();
      state.exit = (await launched?.child.ended) ?? null;
    } catch (error) {
      state.fault = asSluiceError(error);
    }
    const { outcome, report } = reader.conclude(
      {
        exit: state.exit,
        stderr: state.exit?.stderr ?? '',
        stoppedBy: state.exit?.stoppedBy ?? state.stoppedBy,
        fault: state.fault,
        asked: { schema: options.jsonSchema !== undefined, failOnDenied: options.failOnDenied === true },
        endedAt: Date.now(),
      },
      {
        runId: randomUUID(),
        startedAt: startedAt.toISOString(),
        executionTime: Math.round(performance.now() - start),
        path: launched?.path ?? null,
        redactedInput,
      },
    );
    return { ...outcome, report, clipped: truncator.clipped() };
  } finally {
    signal.removeEventListener('abort', onAbort);
    options.hurry?.removeEventListener('abort', onHurry);
    await state.launched?.release();
  }
}

/** What is known of a run so far. */
interface State {
  redactor: Redactor | null;
  prompt: Prompt | null;
  launched: Launched | null;
  exit: ChildEnding | null;
  stoppedBy: StopReason | null;
  fault: SluiceError | null;
}

function declaresSomething(redact: RunOptions['redact']): boolean {
  if (redact === undefined || redact === false) return redact === false;
  const { values, secretEnv, patterns, allow = {} } = redact;
  return [values, secretEnv, patterns, ...Object.values(allow)].some((list) => (list?.length ?? 0) > 0);
}

/** Sends the prompt, without the secrets in what nobody may have read, and tells what was masked. */
function ask({ launched, prompt }: State, redactor: Redactor, redactInput = true): Tally {
  const masked = emptyTally();
  if (launched === null || prompt === null) return masked;
  const asked = redactInput ? redactPrompt(prompt, redactor, (kind) => countIn(masked, kind)) : prompt;
  launched.child.ask(composePrompt(asked));
  return masked;
}

/**
 * The redactor that an option asks for.
 * @throws SluiceError `usage` for a value, a pattern or a kind that is not acceptable
 */
export async function redactorOf(redact: RunOptions['redact'], env: NonNullable<RunOptions['env']>): Promise<Redactor> {
  if (redact === false) return (await import('./secrets/keep-everything.ts')).keepEverything();
  const { createRedactor } = await import('./secrets/redactor.ts');
  const redactor = createRedactor({ env, ...redact });
  const { patterns = [], allow = {} } = redact ?? {};
  await refuseSuperLinear([
    ...patterns.map(({ kind, pattern }) => ({ name: `the secret pattern "${kind}"`, pattern })),
    ...(allow.patterns ?? []).map((pattern) => ({ name: 'an allowed secret', pattern })),
  ]);
  return redactor;
}

function launchOptions(options: RunOptions, env: LaunchOptions['env']): LaunchOptions {
  const { passThrough = [], cwd = process.cwd(), claudePath, layers = {}, retries } = options;
  return { claude: options, passThrough, cwd, env, claudePath, layers, retries };
}

async function promptOf({ prompt }: RunOptions): Promise<Prompt> {
  if (prompt === undefined) return {};
  if (typeof prompt === 'string') return { text: prompt };
  return typeof prompt === 'function' ? prompt() : prompt;
}

/** Timers take no more; some 24 days. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** All that can end a run early, in one signal; `--timeout` counts from now. */
function stopOf(
  { timeout }: RunOptions,
  own: AbortSignal,
  given: AbortSignal | undefined,
): { readonly signal: AbortSignal; forget(): void } {
  const limit = new AbortController();
  const bounded = timeout !== undefined && Number.isFinite(timeout);
  const timer = bounded ? setTimeout(() => limit.abort('timeout'), Math.min(timeout, LONGEST_TIMER_MS)) : undefined;
  const signals = [own, limit.signal, ...(given === undefined ? [] : [given])];
  return { signal: AbortSignal.any(signals), forget: () => clearTimeout(timer) };
}

/** The prompt, or null once the run is to end: a pipe may stay open for ever. */
async function unlessStopped(prompt: Promise<Prompt>, signal: AbortSignal): Promise<Prompt | null> {
  let onStop = (): void => {};
  const stopped = new Promise<null>((resolve) => {
    onStop = () => resolve(null);
    if (signal.aborted) onStop();
    else signal.addEventListener('abort', onStop, { once: true });
  });
  try {
    const first = await Promise.race([prompt, stopped]);
    return signal.aborted ? null : first;
  } finally {
    signal.removeEventListener('abort', onStop);
  }
}

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {}
