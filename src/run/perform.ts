import { basename } from 'node:path';
import { inlineSecrets } from '../claude/start/inline-secrets.ts';
import { goingOnWith, hasSessionToItself, keepsSession } from '../claude/start/session-flags.ts';
import { type Launched, launchClaude } from '../claude/launch.ts';
import { type PromptBlocks } from '../claude/control-protocol.ts';
import { SluiceError, asSluiceError } from '../errors.ts';
import type { Evidence } from '../outcome/evidence.ts';
import type { StreamFacts } from '../outcome/facts.ts';
import { saidNothing } from '../outcome/rejection.ts';
import { stopReasonOf } from '../outcome/stop-reason.ts';
import { countIn, emptyTally, type Tally } from '../stream/tally.ts';
import type { Message } from '../messages/types.ts';
import { checkPrompt } from '../prompt/check-prompt.ts';
import { composePrompt } from '../prompt/compose.ts';
import { charactersLeft, condensationOf, preparePrompt } from '../prompt/prepare-prompt.ts';
import { planRetry, type RetryPlan } from '../retry/retry-plan.ts';
import type { Condensation, Prompt } from '../request/prompt.ts';
import type { RunRequest } from '../request/run-request.ts';
import type { Redactor } from '../secrets/redactor.ts';
import type { Play } from '../sinks/deliver.ts';
import type { Batch } from '../stream/stage.ts';
import type { ResourceUse } from '../system/process-files.ts';
import { createPrivateFolder } from '../system/private-folder.ts';
import { randomUuid } from '../system/random-uuid.ts';
import type { Truncator } from '../stream/truncate.ts';
import { answerSchemaOf } from './answer-schema-of.ts';
import { attempts } from './attempts.ts';
import { evidenceOf } from './evidence-of.ts';
import { launchOptions, retryLimits, termsOf } from './launch-options.ts';
import type { Host } from './host.ts';
import { approverOf } from './shown-call.ts';
import { opening } from './opening.ts';
import { promptOf } from './prompt-of.ts';
import { declaresSomething, redactorOf } from './redactor-of.ts';
import type { Given } from './given.ts';
import type { Recall } from './cache/recall.ts';
import { secretsKeptFromTools } from './secrets-kept-from-tools.ts';
import type { State } from './state.ts';
import { type Stop, unlessStopped, waitUnlessStopped } from './stop.ts';
import { monotonicMs } from '../system/monotonic.ts';

/** The run itself. All that it acquires is released here, whatever happens. */
export async function* perform({ request, host, fault }: Given, truncator: Truncator, stop: Stop): Play {
  const { signal } = stop;
  const startedAt = new Date();
  const start = monotonicMs();
  const env = host.env ?? process.env;
  const state: State = {
    redactor: null,
    schema: null,
    prompt: null,
    recall: null,
    spending: null,
    spill: null,
    secrets: undefined,
    launched: null,
    exit: null,
    resources: null,
    isClaude: undefined,
    lookBack: null,
    notes: [],
    resumed: null,
    stoppedBy: null,
    fault,
  };

  function onAbort(): void {
    state.stoppedBy = stopReasonOf(signal.reason);
    if (signal.reason instanceof SluiceError) state.fault = signal.reason;
    state.launched?.child.stop(state.stoppedBy);
  }
  const onForce = (): void => state.launched?.child.stop(state.stoppedBy ?? 'SIGINT', { now: true });
  const release = async (): Promise<void> => {
    state.notes = [...state.notes, ...((await state.launched?.release()) ?? [])];
  };
  function launch(by = host.pool?.launch ?? launchClaude): Launched {
    const asked = state.resumed === null ? request : goingOnWith(request, state.resumed);
    return by(launchOptions(withSpill(withSchema(asked, state), state), host, state.secrets));
  }
  const own = () => ({
    runId: host.runId ?? randomUuid(),
    startedAt: startedAt.toISOString(),
    executionTime: Math.round(monotonicMs() - start),
  });
  const redactorOnce = async (): Promise<Redactor> => (state.redactor ??= await redactorOf(request, host, env));

  signal.addEventListener('abort', onAbort, { once: true });
  host.forceStop?.addEventListener('abort', onForce, { once: true });
  const forgetSuspension = host.suspension?.subscribe((suspended) => state.launched?.child.suspend(suspended));
  if (signal.aborted) onAbort();
  try {
    try {
      // What the user declares can be wrong: then nothing is started.
      if (declaresSomething(request, host)) state.redactor = await redactorOf(request, host, env);
      if (request.jsonSchema !== undefined) state.schema = await answerSchemaOf(request.jsonSchema);
      if (fault === null) state.prompt = await unlessStopped(promptOf(request, host, signal, redactorOnce), signal);
      if (state.prompt !== null) {
        checkPrompt(state.prompt, request.maxPrompt, charactersLeft(request));
        state.recall = await recallOf(request, host, state.prompt, signal);
        if (state.recall?.kept == null && !signal.aborted) state.spending = (await host.budget?.open()) ?? null;
        if (state.recall?.kept == null) state.secrets = await secretsKeptFromTools(request, host);
        if (state.recall?.kept == null && !signal.aborted) {
          if (request.spill === true) state.spill = createPrivateFolder();
          state.launched = launch();
        }
      }
    } catch (error) {
      state.fault = asSluiceError(error);
    }
    if (state.recall?.kept != null && !signal.aborted) {
      const { recalled } = await import('./cache/recall.ts');
      const { events, report } = recalled(state.recall.kept, own());
      yield events;
      return { ...report.outcome, report, clipped: truncator.clipped() };
    }
    const { decode, lookBack, readLive, splitLines } = await import('./later.ts');
    const redactor =
      state.redactor ?? (state.fault === null ? await redactorOf(request, host, env) : await redactorOf({}, {}, env));
    redactor.addValues(inlineSecrets(request), 'configured');
    const { blocks, masked, condensed } = await preparedPrompt(state, redactor, request);
    const reader = readLive(redactor);
    const ending = (): Omit<Evidence, 'facts'> => evidenceOf(request, host, state);
    // Whether a conversation began anew stands in its transcript, which claude may not have written before it ends.
    const canForesee = request.continue !== true;

    /** What one claude prints, from the question to its end; one that had waited and is dead is replaced, unseen. */
    async function* play(launched: Launched): AsyncGenerator<Batch<Message>, void, undefined> {
      if (!launched.isSpare) return yield* ask(launched);
      const untaken = yield* opening(ask(launched));
      if (untaken === null) return;
      if (state.exit?.stoppedBy === null) {
        await release();
        if (!signal.aborted) {
          state.exit = null;
          state.launched = launch(launchClaude);
          return yield* ask(state.launched);
        }
      }
      yield untaken;
    }

    async function* ask({ child, chunks }: Launched): AsyncGenerator<Batch<Message>, void, undefined> {
      child.ask(
        state.resumed === null ? blocks : GO_ON,
        termsOf(request, { approve: approverOf(host, redactor), beforeTool: host.beforeTool }, stop.remaining),
      );
      let isForeseen = false;
      for await (const batch of decode(splitLines(chunks()))) {
        yield batch.filter((message) => child.observe(message));
        // What comes after claude was let go may be another result.
        state.lookBack = null;
        if (child.isLetGo && !isForeseen && canForesee) foresee();
        isForeseen = child.isLetGo;
      }
      state.exit = await child.ended;
      // What it said there may be why.
      if (state.exit.stderr !== '') state.lookBack = null;
      state.resources = togetherWith(state.resources, state.exit.resources);
    }

    /** Looks back and judges while claude is still exiting, for practice: code that has run once is ten times as fast. */
    function foresee(): void {
      look('');
      reader.judge(ending());
    }

    function look(stderr: string): void {
      try {
        state.lookBack = lookBack(request, host, reader.facts(), stderr, startedAt.getTime());
      } catch {
        // It only explains: without it the run is what it was.
      }
    }

    async function plan({ saysItIsClaude }: Launched, reruns: number): Promise<RetryPlan | null> {
      const facts = reader.facts();
      const outcome = reader.judge(ending());
      if (outcome.class === 'claude_not_found' && saidNothing({ ...ending(), facts }))
        state.isClaude = await saysItIsClaude();
      return planRetry({
        outcome,
        facts,
        limits: retryLimits(request),
        reruns,
        remainingMs: stop.remaining(),
        // A second start would find a given id taken, or ask a resumed session the same thing twice.
        freshSession: hasSessionToItself(request),
        canResume: keepsSession(request),
        stoppedBy: state.exit?.stoppedBy ?? state.stoppedBy,
        random: Math.random,
      });
    }

    async function again({ waitMs, resume }: RetryPlan): Promise<Launched | null> {
      await release();
      await waitUnlessStopped(waitMs, signal);
      if (signal.aborted) return null;
      state.resumed = resume;
      state.lookBack = null;
      state.launched = launch();
      state.exit = null;
      return state.launched;
    }

    try {
      for await (const batch of attempts(state.launched, { reader, play, plan, again })) {
        state.recall?.see(batch);
        yield batch;
      }
    } catch (error) {
      state.fault = asSluiceError(error);
    }
    // All has been said: what comes while things are cleaned up changes nothing, but what can't be cleaned up is told.
    signal.removeEventListener('abort', onAbort);
    if (wasStopped(state)) stop.end();
    if (state.exit !== null && state.lookBack === null) look(state.exit.stderr);
    if (isIncomplete(reader.facts())) state.fault ??= faultOfSpool(state);
    await release();
    const { outcome, report } = reader.conclude(ending(), {
      ...own(),
      path: state.launched?.path ?? null,
      redactedInput: masked,
      condensed,
      resources: state.resources,
      withheld: host.discreet === true ? undefined : withheldFromTools(state),
    });
    // It lies in a configuration directory that goes with the run.
    const lasting = request.isolate === true ? { ...report, sessionId: null } : report;
    state.spending?.settle(lasting);
    state.recall?.keep(lasting, redactor);
    return { ...outcome, report: lasting, clipped: truncator.clipped() };
  } finally {
    signal.removeEventListener('abort', onAbort);
    host.forceStop?.removeEventListener('abort', onForce);
    forgetSuspension?.();
    await release();
    await state.recall?.end();
    await state.spending?.end();
    state.spill?.remove();
  }
}

/** What claude is told when a session is gone on with that a limit had ended. */
const GO_ON = composePrompt({ text: 'The limit that ended your last turn has reset. Go on where you left off.' });

/** What earlier runs answered is looked for only where there is something to look in. */
async function recallOf(request: RunRequest, host: Host, prompt: Prompt, signal: AbortSignal): Promise<Recall | null> {
  if (host.cache === undefined) return null;
  const { recall } = await import('./cache/recall.ts');
  return recall(host.cache, request, host, prompt, signal);
}

/** What tools did without, by name; undefined where that was not asked for. */
function withheldFromTools({ launched }: State): readonly string[] | undefined {
  if (launched?.concealed == null) return undefined;
  const { withheld, handed, covered } = launched.concealed;
  return [...withheld, ...handed, ...covered];
}

function withSchema(request: RunRequest, { schema }: State): RunRequest {
  return schema === null ? request : { ...request, jsonSchema: schema.json };
}

/** The prompt as claude gets it, without the secrets in what nobody may have read, what was masked, and what left out. */
async function preparedPrompt(
  { launched, prompt, spill }: State,
  redactor: Redactor,
  request: RunRequest,
): Promise<{ readonly blocks: PromptBlocks; readonly masked: Tally; readonly condensed?: Condensation | undefined }> {
  if (launched === null || prompt === null) return { blocks: [], masked: emptyTally() };
  // What was condensed while it was read was masked then.
  const { total, byKind } = redactor.totals;
  const masked: Tally = { total, byKind: { ...byKind } };
  const preparing = {
    ...request,
    spill: spill && ((name: string, text: string) => spill.write(spillName(name), text)),
  };
  const { prompt: asked } = await preparePrompt(prompt, redactor, preparing, (kind) => countIn(masked, kind));
  return { blocks: composePrompt(asked), masked, condensed: condensationOf(asked) };
}

/** What the file is called that has the whole of a text: nothing of its name that could lead elsewhere. */
function spillName(name: string): string {
  return `${randomUuid().slice(0, 8)}-${basename(name).replaceAll(/[^\w.-]/g, '_')}.log`;
}

/** Claude may read what is kept for it. */
function withSpill(request: RunRequest, { spill }: State): RunRequest {
  return spill === null ? request : { ...request, addDir: [...(request.addDir ?? []), spill.path] };
}

/** What several claudes took, one after the other. */
function togetherWith(before: ResourceUse | null, now: ResourceUse | null): ResourceUse | null {
  if (before === null || now === null) return before ?? now;
  const peaks = [before.peakBytes, now.peakBytes].filter((peak) => peak !== null);
  return { cpuMs: before.cpuMs + now.cpuMs, peakBytes: peaks.length === 0 ? null : Math.max(...peaks) };
}

/** Whether we ended it ourselves, for a reason of our own. */
function wasStopped({ exit }: State): boolean {
  return exit !== null && exit.stoppedBy !== null && exit.stoppedBy !== 'lingering';
}

function isIncomplete({ result, tornTail, damagedLines }: StreamFacts): boolean {
  return result === null || tornTail || damagedLines > 0;
}

/** Why what claude printed could not be written down to the end. */
function faultOfSpool(state: State): SluiceError | null {
  if (state.exit === null || wasStopped(state)) return null;
  const fault = state.launched?.spoolFault() ?? null;
  return fault === null ? null : new SluiceError('output_error', fault);
}
