import { SluiceError } from '../../errors.ts';
import type { InterruptReason } from '../../messages/outcome.ts';
import { run, type RunOptions } from '../../run.ts';
import type { RedactorOptions } from '../../secrets/redactor.ts';
import type { Settings } from '../../config/layers.ts';
import { flagOf } from '../../config/names.ts';
import { OPTIONS } from '../../config/options.ts';
import { gatherPrompt } from '../gather-prompt.ts';
import type { Io } from '../io.ts';
import { openSinks, formatOf } from '../open-sinks.ts';
import type { Invocation } from '../program.ts';
import { rejectMistypedCommand } from '../mistyped-command.ts';
import { declaresSecrets, redactorOptions } from '../redactor-options.ts';
import { resolve, type Resolved } from '../settings.ts';
import { settle } from '../settle.ts';

/** Flags that are sluice's own to set: another value would break how it talks to claude. */
const PROTOCOL = /^(?:-p|--print|--verbose|--(?:input|output)-format(?:=.*)?)$/;

/** Flags that make claude do something else than run a prompt. */
const ELSEWHERE = /^(?:-h|--help|-v|--version)$/;

/** Runs a prompt. Returns the exit code. */
export async function runCommand(invocation: Invocation, settings: Settings, io: Io): Promise<number> {
  const options = resolve(settings);
  rejectMistypedCommand(invocation, io);
  rejectHalfRedaction(settings);
  const taken = invocation.passThrough.find((argument) => PROTOCOL.test(argument));
  const other = invocation.passThrough.find((argument) => ELSEWHERE.test(argument));
  if (other !== undefined) throw new SluiceError('usage', `-- ${other}: that is no run; ask claude itself`);
  if (taken !== undefined) throw new SluiceError('usage', `-- ${taken}: sluice sets it itself; use -o for the output`);

  const stop = new AbortController();
  const hurry = new AbortController();
  const forget = io.onSignal((signal: InterruptReason) => {
    if (stop.signal.aborted) hurry.abort();
    else stop.abort(signal);
  });
  try {
    const inputs = [...options.file, ...(options.promptFile === undefined ? [] : [options.promptFile])];
    // Where nothing is declared, the redactor is made while claude starts.
    const declared = options.redact && declaresSecrets(options.secrets);
    const redactor = declared ? await redactorOptions(options.secrets, io, stop.signal) : undefined;
    const sinks = await openSinks(options, io, inputs);
    const ending = await run(runOptions(options, invocation, io, redactor, hurry.signal), sinks, stop.signal);
    return await settle(ending, formatOf(options, io), io, stop.signal);
  } finally {
    forget();
  }
}

/** What comes out unmasked had better not go in masked: `--no-redact` is about both. */
function rejectHalfRedaction(settings: Settings): void {
  const input = settings.get('redactInput');
  if (settings.get('noRedact')?.value !== true || input?.value !== true || input.from === 'default') return;
  throw new SluiceError(
    'usage',
    `${input.from}: input cannot be redacted with --no-redact; leave that out, or say --no-redact-input`,
  );
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
    prompt: () =>
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
        onSilence: (text) => void io.stderr.write(`sluice: ${text}\n`),
      }),
    passThrough: invocation.passThrough,
    cwd,
    env: io.env,
    ...(options.claudePath === undefined ? {} : { claudePath: options.claudePath }),
    layers: options.layers,
    ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
    ...(options.retries === undefined ? {} : { retries: options.retries }),
    maxChars: options.maxChars,
    ...(options.redact ? (redactor === undefined ? {} : { redact: redactor }) : { redact: false }),
    redactInput: options.redactInput,
    failOnDenied: options.failOnDenied,
    hurry,
  };
}

function greedyFlagOf({ flags }: Invocation): string | undefined {
  const option = OPTIONS.find(({ name, flags: spelling }) => spelling.endsWith('...>') && flags[name] !== undefined);
  return option === undefined ? undefined : flagOf(option);
}
