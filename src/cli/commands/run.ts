import type { InterruptReason } from '../../outcome/classes.ts';
import { followInputs } from '../../prompt/follow-inputs.ts';
import { type Approver, run } from '../../run.ts';
import type { AnswerCache } from '../../run/cache/answer-cache.ts';
import { redactorOf } from '../../run/redactor-of.ts';
import { SluiceError } from '../../errors.ts';
import { resolve as resolvePath } from 'node:path';
import { outputFailure } from '../../outcome/with-failure.ts';
import { oneLine } from '../../sinks/safe-text.ts';
import { charactersLeft } from '../../prompt/prepare-prompt.ts';
import type { CondenseStream } from '../../prompt/read-files.ts';
import type { Prompt } from '../../request/prompt.ts';
import { maskOf } from '../../secrets/mask.ts';
import type { Redactor, RedactorOptions } from '../../secrets/redactor.ts';
import type { Sink } from '../../sinks/sink.ts';
import { read, type Settings } from '../../config/layers.ts';
import { OPTION, OPTIONS } from '../../config/command-options/options.ts';
import { flagOf } from '../../request/flag.ts';
import { labelsOf } from '../../request/kinds/labels.ts';
import { budgetOf } from '../settings/budget-of.ts';
import { checkRemote } from '../settings/check-remote.ts';
import { checkRun } from '../settings/check-run.ts';
import { startDeadline } from '../deadline.ts';
import { declaredSecrets } from '../settings/declared-secrets.ts';
import { flagName } from '../settings/flag-name.ts';
import { lockOf } from '../settings/lock-of.ts';
import { fileOfStdin } from '../input/file-of-stdin.ts';
import type { Filling } from '../input/fill-template.ts';
import { gatherPrompt, type PromptSources } from '../input/gather-prompt.ts';
import type { Template } from '../../templates/template.ts';
import type { Io } from '../io.ts';
import { openSinks, formatOf } from '../output/open-sinks.ts';
import type { Invocation } from '../program.ts';
import { rejectCommandWord } from '../input/command-word.ts';
import { declaresSecrets, redactorOptions } from '../settings/redactor-options.ts';
import { originsOf, requestOf } from '../settings/settings.ts';
import { randomUuid } from '../../system/random-uuid.ts';
import type { FileLock } from '../../system/file-lock.ts';
import { tellWithheld } from '../output/tell-withheld.ts';
import { settle } from '../output/settle.ts';
import { whereSet } from '../settings/where-set.ts';

/** Runs a prompt, that of a template where one was chosen. Returns the exit code. */
export async function runCommand(
  invocation: Invocation,
  settings: Settings,
  io: Io,
  template: Template | null,
): Promise<number> {
  const request = requestOf(settings);
  const runId = randomUuid();
  const stdin = read(settings, OPTION.noStdin) === true ? null : io.stdin;
  if (stdin === null) rejectCommandWord(invocation, io);
  checkRun(invocation, settings);
  const gateway = read(settings, OPTION.gateway);
  if (gateway !== undefined) checkRemote(invocation, settings);
  const filling = template === null ? null : await fillingOf(template, settings, io);

  const canUseTool = await askerAt(io, settings);

  const stop = new AbortController();
  const force = new AbortController();
  io.onSignal((signal: InterruptReason) => {
    if (stop.signal.aborted) force.abort();
    else stop.abort(signal);
  });
  const forgetReader = io.stdout.onFailure((failure) => stop.abort(outputFailure(failure)));
  // What comes before the run and after it is bounded too: a file of secrets may be a pipe, a reader may stall.
  const deadline = startDeadline(request.timeout, () => stop.abort('timeout'));
  const told = new Set<string>();
  const tell = (text: string): void => {
    told.add(text);
    void io.stderr.write(`sluice: ${oneLine(text)}\n`);
  };
  const inputs = followInputs(tell);
  const locks: FileLock[] = [];
  let asked: Asked = { prompt: { text: invocation.operands.join(' ') }, redactor: null };
  let closeGateway = async (): Promise<void> => {};
  const sources: Omit<PromptSources, 'signal' | 'condense'> = {
    words: invocation.operands,
    template: filling,
    promptFile: read(settings, OPTION.promptFile),
    files: read(settings, OPTION.file) ?? [],
    stdin,
    stdinFile: stdin === null ? null : fileOfStdin(io.cwd),
    slash: read(settings, OPTION.slash) === true,
    limit: read(settings, OPTION.maxPrompt),
    cwd: io.cwd,
    greedyFlag: greedyFlagOf(invocation),
    stdinMayBeIdle: stdin !== null && io.stdinMayBeIdle,
    stdinTimeout: read(settings, OPTION.stdinTimeout),
    requireStdin: read(settings, OPTION.requireStdin) === true ? whereSet(settings, 'requireStdin') : undefined,
    inputs,
    onWait: tell,
    onEmptyPipe: () => rejectCommandWord(invocation, io),
  };
  try {
    // Where nothing is declared, the redactor is made while claude starts.
    const secrets = declaredSecrets(settings);
    const room = charactersLeft(request);
    // What is to be kept whole, or sent, must fit into memory.
    const condenses = request.spill !== true && room <= sources.limit;
    const gather = async (signal: AbortSignal, redactor: () => Promise<Redactor>): Promise<Prompt> => {
      locks.push(...(await lockOf(settings, io, signal, tell)));
      const condense: CondenseStream = async (bytes) => {
        const { condenseStream } = await import('../input/condense-stream.ts');
        const masks = request.redactInput !== false;
        return condenseStream(bytes, masks ? await redactor() : null, room);
      };
      const prompt = await gatherPrompt({ ...sources, signal, condense: condenses ? condense : null });
      asked = { prompt, redactor };
      return prompt;
    };
    const declared = request.noRedact !== true && declaresSecrets(secrets);
    const redactor = declared ? await redactorOptions(secrets, io, stop.signal) : undefined;
    if (read(settings, OPTION.dryRun) === true) {
      const { dryRun } = await import('./dry-run.ts');
      const masking = await redactorOf(request, redactor === undefined ? {} : { redactor }, io.env);
      await dryRun(await gather(stop.signal, async () => masking), request, masking, io);
      return 0;
    }
    const sinks = await openSinks(settings, io, {
      inputs: [...filesRead(sources), ...(filling?.files ?? [])],
      describe: inputs.describe,
    });
    const format = formatOf(settings, io);
    const cache = await cacheOf(settings, io, tell);
    const budget = await budgetOf(settings, () => runId, io, tell);
    const history = await historyOf(settings, runId, io, redactor, () => asked, tell);
    const remote = gateway === undefined ? null : await openRemote(settings, gateway, io.env, tell);
    if (remote !== null) closeGateway = remote.close;
    const timeout = deadline.remaining();
    const ending = await (remote?.run ?? run)(
      {
        ...request,
        passThrough: invocation.passThrough,
        ...(format === 'pretty' && io.stdout.isTTY ? { includePartialMessages: true } : {}),
        ...(timeout === undefined ? {} : { timeout }),
      },
      history === null ? sinks : [...sinks, history],
      {
        runId,
        signal: stop.signal,
        forceStop: force.signal,
        suspension: io.suspension,
        prompt: gather,
        env: io.env,
        origins: originsOf(settings),
        nameOption: flagName,
        ...(canUseTool === null ? {} : { canUseTool }),
        ...(redactor === undefined ? {} : { redactor }),
        ...(cache === null ? {} : { cache }),
        ...(budget === null ? {} : { budget }),
      },
    );
    const printed = read(settings, OPTION.quietOnSuccess) === true ? 'summary' : format;
    if (read(settings, OPTION.quiet) !== true) tellWithheld(ending, printed, io);
    return await settle(ending, printed, io, stop.signal, told);
  } finally {
    await closeGateway();
    for (const lock of locks) await lock.release();
    deadline.end();
    forgetReader();
  }
}

/** What takes the place of {@link run} where a gateway does. @throws SluiceError `usage` */
async function openRemote(settings: Settings, address: string, env: Io['env'], tell: (text: string) => void) {
  const { openGateway, remoteRun } = await import('../service/open-gateway.ts');
  const gateway = await openGateway(settings, address, env, (text) => tell(`warning: ${text}`));
  return { run: remoteRun(gateway), close: gateway.close };
}

/** Null where nobody is to be asked. @throws SluiceError `usage` where there is nobody */
async function askerAt(io: Io, settings: Settings): Promise<Approver | null> {
  if (read(settings, OPTION.ask) !== true) return null;
  const terminal = io.usersTerminal();
  const where = whereSet(settings, 'ask');
  if (terminal === null) {
    throw new SluiceError('usage', `${where}: there is no terminal to ask at; allow tools with --allowed-tools`);
  }
  const { terminalApprover } = await import('../terminal/terminal-approver.ts');
  return terminalApprover(terminal, read(settings, OPTION.askTimeout));
}

/** @throws SluiceError `usage` for variables that there are not, and for lack of those that there must be */
async function fillingOf(template: Template, settings: Settings, { env, cwd }: Io): Promise<Filling> {
  const [{ valuesOf }, { filesOf }] = await Promise.all([
    import('../../templates/declared-variables.ts'),
    import('../../templates/files-of.ts'),
  ]);
  const values = valuesOf(template, read(settings, OPTION.vars) ?? []);
  return { template, values, files: filesOf(template, cwd), env, cwd };
}

/** Null where each run is to ask. @throws SluiceError `usage` where nothing can be kept */
async function cacheOf(settings: Settings, io: Io, tell: (text: string) => void): Promise<AnswerCache | null> {
  const maxAge = read(settings, OPTION.cache);
  if (maxAge === 0) return null;
  const { openUsersAnswers } = await import('../service/open-answers.ts');
  return openUsersAnswers(maxAge, io.env, whereSet(settings, 'cache'), tell);
}

/** What is asked, as soon as it is known. */
interface Asked {
  readonly prompt: Prompt;
  /** The run's own; null before that. */
  readonly redactor: (() => Promise<Redactor>) | null;
}

/** Null where the run is not to be remembered. @throws SluiceError `usage` where nothing can be kept */
async function historyOf(
  settings: Settings,
  runId: string,
  io: Io,
  redactor: RedactorOptions | undefined,
  asked: () => Asked,
  tell: (text: string) => void,
): Promise<Sink | null> {
  if (read(settings, OPTION.history) !== true) return null;
  const request = requestOf(settings);
  const where = whereSet(settings, 'history');
  if (request.noRedact === true) {
    tell(`warning: ${where}: a run with --no-redact is not kept`);
    return null;
  }
  const [{ keepHistory }, { keepLimitsOf }] = await Promise.all([
    import('../service/keep-history.ts'),
    import('../settings/keep-limits.ts'),
  ]);
  return keepHistory(
    {
      runId,
      cwd: resolvePath(io.cwd, request.cwd ?? '.'),
      labels: labelsOf(read(settings, OPTION.labels) ?? []),
      async asked() {
        const { prompt, redactor: own } = asked();
        const masking = await (own === null
          ? redactorOf({}, redactor === undefined ? {} : { redactor }, io.env)
          : own());
        return { prompt, mask: maskOf(masking) };
      },
      limits: keepLimitsOf(settings),
      where,
    },
    io.env,
    tell,
  );
}

function filesRead({ files, promptFile, stdin }: Pick<PromptSources, 'files' | 'promptFile' | 'stdin'>): string[] {
  return [...files, ...(promptFile === undefined ? [] : [promptFile]), ...(stdin === null ? [] : ['/dev/stdin'])];
}

function greedyFlagOf({ flags }: Invocation): string | undefined {
  const given = OPTIONS.filter(({ name }) => flags[name] !== undefined);
  const ofList = given.find(({ flags: spelling }) => spelling.endsWith('...>'));
  if (ofList !== undefined) return `${flagOf(ofList)} takes every word up to the next flag`;
  // As in claude, where --resume may stand alone.
  const ofWord = given.find(
    ({ name, flags: spelling }) => typeof flags[name] === 'string' && (spelling.endsWith(']') || name === 'resume'),
  );
  return ofWord && `${flagOf(ofWord)} takes the word behind it`;
}
