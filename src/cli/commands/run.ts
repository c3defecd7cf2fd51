import type { InterruptReason } from '../../messages/outcome.ts';
import { run, type RunOptions } from '../../run.ts';
import { oneLine } from '../../sinks/one-line.ts';
import type { RedactorOptions } from '../../secrets/redactor.ts';
import type { Settings } from '../../config/layers.ts';
import { flagOf } from '../../config/names.ts';
import { OPTIONS } from '../../config/options/options.ts';
import { checkRun } from '../check-run.ts';
import { startDeadline } from '../deadline.ts';
import { gatherPrompt } from '../gather-prompt.ts';
import type { Io } from '../io.ts';
import { openSinks, formatOf } from '../open-sinks.ts';
import type { Invocation } from '../program.ts';
import { rejectMistypedCommand } from '../mistyped-command.ts';
import { declaresSecrets, redactorOptions } from '../redactor-options.ts';
import { resolve, type Resolved } from '../settings.ts';
import { settle } from '../settle.ts';

/** Runs a prompt. Returns the exit code. */
export async function runCommand(invocation: Invocation, settings: Settings, io: Io): Promise<number> {
  const options = resolve(settings);
  rejectMistypedCommand(invocation, io);
  checkRun(invocation, settings);

  const stop = new AbortController();
  const hurry = new AbortController();
  const forget = io.onSignal((signal: InterruptReason) => {
    if (stop.signal.aborted) hurry.abort();
    else stop.abort(signal);
  });
  // What comes before the run and after it is bounded too: a file of secrets may be a pipe, a reader may stall.
  const deadline = startDeadline(options.timeout, () => stop.abort('timeout'));
  try {
    const inputs = [...options.file, ...(options.promptFile === undefined ? [] : [options.promptFile])];
    // Where nothing is declared, the redactor is made while claude starts.
    const declared = options.redact && declaresSecrets(options.secrets);
    const redactor = declared ? await redactorOptions(options.secrets, io, stop.signal) : undefined;
    const sinks = await openSinks(options, io, inputs);
    const bounded = { ...options, timeout: deadline.remaining() };
    const ending = await run(runOptions(bounded, invocation, io, redactor, hurry.signal), sinks, stop.signal);
    return await settle(ending, formatOf(options, io), io, stop.signal);
  } finally {
    deadline.end();
    forget();
  }
}

function runOptions(
  options: Resolved,
  invocation: Invocation,
  io: Io,
  redactor: RedactorOptions | undefined,
  hurry: AbortSignal,
): RunOptions {
  const cwd = options.cwd ?? io.cwd;
  const live = formatOf(options, io) === 'pretty' && io.stdout.isTTY;
  return {
    ...options.claude,
    ...(live ? { includePartialMessages: true } : {}),
    prompt: (signal) =>
      gatherPrompt({
        words: invocation.operands,
        promptFile: options.promptFile,
        files: options.file,
        stdin: io.stdin,
        slash: options.slash,
        limit: options.maxPrompt,
        cwd: io.cwd,
        greedyFlag: greedyFlagOf(invocation),
        stdinMayBeIdle: io.stdinMayBeIdle,
        stdinTimeout: options.stdinTimeout,
        signal,
        onWait: (text) => void io.stderr.write(`sluice: ${oneLine(text)}\n`),
      }),
    passThrough: invocation.passThrough,
    cwd,
    env: io.env,
    ...(options.claudePath === undefined ? {} : { claudePath: options.claudePath }),
    layers: options.layers,
    ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
    startTimeout: options.startTimeout,
    idleTimeout: options.idleTimeout,
    waitBackground: options.waitBackground,
    keepBackground: options.keepBackground,
    isolate: options.isolate,
    ceilings: options.ceilings,
    ...(options.retries === undefined ? {} : { retries: options.retries }),
    retryMaxWait: options.retryMaxWait,
    maxChars: options.maxChars,
    ...(options.redact ? (redactor === undefined ? {} : { redact: redactor }) : { redact: false }),
    redactInput: options.redactInput,
    failOnDenied: options.failOnDenied,
    hurry,
    suspension: io.suspension,
  };
}

function greedyFlagOf({ flags }: Invocation): string | undefined {
  const option = OPTIONS.find(({ name, flags: spelling }) => spelling.endsWith('...>') && flags[name] !== undefined);
  return option === undefined ? undefined : flagOf(option);
}
