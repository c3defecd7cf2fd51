import { CommanderError } from 'commander';
import { runCommand } from './cli/commands/run.ts';
import type { IgnorableSignal, Io } from './cli/io.ts';
import { flagName } from './cli/settings/flag-name.ts';
import { asksForVersion } from './cli/input/command-word.ts';
import { type Invocation, parseArguments } from './cli/program.ts';
import { chosenTemplate } from './cli/settings/chosen-template.ts';
import { loadSettings } from './cli/settings/settings.ts';
import { waitForLastByte } from './cli/output/wait-for-reader.ts';
import { read, type Settings } from './config/layers.ts';
import { strayVariables } from './config/derived-names.ts';
import { OPTION } from './config/command-options/options.ts';
import { SluiceError, messageOf, systemCodeOf } from './errors.ts';
import { EXIT_CODES, INTERRUPT_EXIT_CODES } from './outcome/classes.ts';
import { oneLine } from './sinks/safe-text.ts';
import { VERSION } from './version.ts';

/**
 * Runs one command line. What every run needs before claude is started is imported here at once; the rest, and the other
 * commands, are loaded when they are needed.
 * Never throws: whatever goes wrong is told on stderr and is in the exit code.
 */
export async function main(io: Io): Promise<number> {
  const crashed = new Promise<never>((_, reject) => io.onCrash(reject));
  try {
    return await Promise.race([dispatch(io), crashed]);
  } catch (error) {
    // Whoever read what is printed has seen enough. What a run has to say of it is in its ending.
    if (systemCodeOf(error) === 'EPIPE') return INTERRUPT_EXIT_CODES.reader_gone;
    const code = error instanceof SluiceError ? error.code : 'internal';
    await io.stderr.write(`sluice: ${code}: ${await describeFailure(error, io)}\n`);
    await waitForLastByte(io.stderr.flush(), AbortSignal.abort()).catch(() => {});
    return EXIT_CODES[code];
  }
}

/** One line without secrets. */
async function describeFailure(error: unknown, { env }: Io): Promise<string> {
  try {
    const { createRedactor } = await import('./secrets/redactor.ts');
    return oneLine(createRedactor({ env }).redact(messageOf(error, flagName)).text);
  } catch (unable) {
    // Nothing is said that was not looked into.
    const codes = new Set([error, unable].map(systemCodeOf).filter((code) => code !== undefined));
    return `sluice failed and could not find the words for it (${[...codes].join(', ') || 'no code'})`;
  }
}

async function dispatch(io: Io): Promise<number> {
  const parsed = await parse(io);
  if (parsed === null) return 0;
  if (parsed.version || asksForVersion(parsed, io)) {
    await io.stdout.write(`${VERSION}\n`);
    if (!parsed.version) await io.stderr.write('sluice: claude has a version of its own: claude --version\n');
    await Promise.all([io.stdout.flush(), io.stderr.flush()]);
    return 0;
  }
  if (parsed.command === 'help') return (await import('./cli/commands/help.ts')).helpCommand(parsed, io);
  if (parsed.command === 'completion')
    return (await import('./cli/commands/completion.ts')).completionCommand(parsed, io);
  // Settings that can't be used are among what it tells.
  if (parsed.command === 'doctor') return (await import('./cli/commands/doctor.ts')).doctorCommand(parsed, io);
  const template = await chosenTemplate(parsed, io);
  const settings = await loadSettings(parsed, io, template);
  io.ignore(ignoredSignals(settings));
  // A server has a log of its own.
  if (parsed.command !== 'mcp' && parsed.command !== 'serve' && parsed.command !== 'worker') {
    for (const stray of strayVariables(io.env)) await io.stderr.write(`sluice: warning: ${stray}\n`);
  }
  switch (parsed.command) {
    case 'run':
      return runCommand(parsed, settings, io, template?.template ?? null);
    case 'batch':
      return (await import('./cli/commands/batch.ts')).batchCommand(parsed, settings, io, template?.template ?? null);
    case 'explain':
      return (await import('./cli/commands/explain.ts')).explainCommand(parsed, settings, io);
    case 'replay':
      return (await import('./cli/commands/replay.ts')).replayCommand(parsed, settings, io);
    case 'report':
      return (await import('./cli/commands/report.ts')).reportCommand(parsed, settings, io);
    case 'redact':
      return (await import('./cli/commands/redact.ts')).redactCommand(parsed, settings, io);
    case 'condense':
      return (await import('./cli/commands/condense.ts')).condenseCommand(parsed, settings, io);
    case 'templates':
      return (await import('./cli/commands/templates.ts')).templatesCommand(parsed, settings, io);
    case 'cache':
      return (await import('./cli/commands/cache.ts')).cacheCommand(parsed, io);
    case 'history':
      return (await import('./cli/commands/history.ts')).historyCommand(parsed, settings, io);
    case 'config':
      return (await import('./cli/commands/config.ts')).configCommand(parsed, settings, io);
    case 'demo':
      return (await import('./cli/commands/demo.ts')).demoCommand(settings, io);
    case 'mcp':
      return (await import('./cli/commands/mcp.ts')).mcpCommand(settings, io);
    case 'serve':
      return (await import('./cli/commands/serve.ts')).serveCommand(settings, io);
    case 'worker':
      return (await import('./cli/commands/worker.ts')).workerCommand(settings, io);
    case 'token':
      return (await import('./cli/commands/token.ts')).tokenCommand(parsed, settings, io);
    default:
      return parsed.command satisfies never;
  }
}

function ignoredSignals(settings: Settings): IgnorableSignal[] {
  return [
    ...(read(settings, OPTION.ignoreHup) === true ? (['SIGHUP'] as const) : []),
    ...(read(settings, OPTION.ignoreInt) === true ? (['SIGINT', 'SIGQUIT'] as const) : []),
  ];
}

/** The invocation, or null when help was asked for and shown. */
async function parse(io: Io): Promise<Invocation | null> {
  try {
    return parseArguments(io.argv, { out: (text) => void io.stdout.write(text), columns: io.stdout.columns() });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    await io.stdout.flush();
    return null;
  }
}
