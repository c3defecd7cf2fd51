import { resolve as resolvePath } from 'node:path';
import { read, type Settings } from '../../config/layers.ts';
import { OPTION } from '../../config/command-options/options.ts';
import { LOG_FORMATS, type OutputFormat } from '../../config/command-options/output.ts';
import { flagOf } from '../../request/flag.ts';
import { workspaceOf } from '../../sinks/ci/workspace.ts';
import { createHeartbeatSink } from '../../sinks/heartbeat.ts';
import { lazySink } from '../../sinks/lazy-sink.ts';
import { createRetryNoticeSink } from '../../sinks/retry-notice.ts';
import type { SpinnerStream } from '../../sinks/pretty/spinner.ts';
import type { Sink } from '../../sinks/sink.ts';
import { createTextSink } from '../../sinks/formats/text.ts';
import { neutralise, oneLine } from '../../sinks/safe-text.ts';
import type { Terminal } from '../../sinks/output.ts';
import { colorLevel } from '../terminal/color-level.ts';
import type { Io } from '../io.ts';
import { requestOf } from '../settings/settings.ts';
import { checkOutputFiles, type OutputFile } from './check-output-files.ts';
import { monotonicMs } from '../../system/monotonic.ts';

/** The format to print in. */
export function formatOf(settings: Settings, { stdout }: Io): OutputFormat {
  return read(settings, OPTION.output) ?? (stdout.isTTY ? 'pretty' : 'text');
}

/** What goes on before the events. */
export interface Preparation {
  /** Files that are read, which no output may be. */
  readonly inputs: readonly string[];
  /** What is being done, in words, as long as claude is not started. */
  readonly describe: () => string | null;
}

/**
 * The sinks of a run: what is printed first, then the files, then the progress line.
 * @throws SluiceError `output_error` when a file can't be created, `usage` when an output is an input, or another output
 */
export async function openSinks(
  settings: Settings,
  io: Io,
  { inputs, describe }: Preparation = { inputs: [], describe: () => null },
): Promise<Sink[]> {
  checkOutputFiles(filesOf(settings), inputs, io);
  const tell = await openTellers(settings, io);
  const sinks = [openPrinted(settings, io, describe), ...(await openFiles(settings, io)), ...tell];
  const { stderrStream } = io;
  if (stderrStream === null && !isQuiet(settings)) sinks.push(openHeartbeat(settings, io));
  if (!showsProgress(settings, io)) return sinks;
  if (stderrStream === null) sinks.push(createRetryNoticeSink(io.stderr));
  else sinks.push(lazySink(() => openProgress(settings, io, stderrStream, describe)));
  return sinks;
}

function filesOf(settings: Settings): readonly OutputFile[] {
  return [OPTION.record, OPTION.bundle, OPTION.sarif, OPTION.junit, OPTION.metricsFile].flatMap((option) => {
    const path = read(settings, option);
    return path === undefined ? [] : [[flagOf(option), path] as const];
  });
}

/** A progress line has room where nothing else tells of progress and events do not stream over it. */
function showsProgress(settings: Settings, io: Io): boolean {
  const format = formatOf(settings, io);
  return !isQuiet(settings) && !LOG_FORMATS.has(format) && (printsAtTheEnd(format) || !io.stdout.isTTY);
}

function isQuiet(settings: Settings): boolean {
  return read(settings, OPTION.quiet) === true || read(settings, OPTION.quietOnSuccess) === true;
}

function printsAtTheEnd(format: OutputFormat): boolean {
  return format === 'text' || format === 'json';
}

/** What prints text is there; all else is loaded once claude has been started. */
function openPrinted(settings: Settings, io: Io, preparing: Preparation['describe']): Sink {
  const format = formatOf(settings, io);
  const { stdout } = io;
  if (read(settings, OPTION.quietOnSuccess) === true) {
    return lazySink(async () => {
      const { createMailSummarySink } = await import('../../sinks/mail-summary.ts');
      return createMailSummarySink(stdout, neutralise);
    });
  }
  if (format === 'text') return stdout.isTTY ? createTextSink(stdout, neutralise) : createTextSink(stdout);
  return lazySink(() => loadPrinted(format, settings, io, preparing));
}

async function loadPrinted(
  format: Exclude<OutputFormat, 'text'>,
  settings: Settings,
  io: Io,
  preparing: Preparation['describe'],
): Promise<Sink> {
  const { stdout, stderr } = io;
  const showsThinking = read(settings, OPTION.showThinking) === true;
  switch (format) {
    case 'pretty': {
      const { createPrettySink } = await import('../../sinks/pretty/pretty.ts');
      const out: Terminal = { ...stdout, colorLevel: colorLevel(read(settings, OPTION.color), io.env, stdout.isTTY) };
      const spinner =
        read(settings, OPTION.quiet) === true || io.stderrStream === null ? {} : { spinnerStream: io.stderrStream };
      const sink = createPrettySink({
        out,
        ...spinner,
        showThinking: showsThinking,
        showSystem: read(settings, OPTION.noSystemMessages) !== true,
        now: monotonicMs,
        preparing,
      });
      return read(settings, OPTION.ask) === true ? withoutQuestions(sink) : sink;
    }
    case 'json': {
      const { createBundleSink } = await import('../../sinks/formats/bundle.ts');
      return createBundleSink(stdout, requestOf(settings));
    }
    case 'ndjson': {
      const { createNdjsonSink } = await import('../../sinks/formats/ndjson.ts');
      return createNdjsonSink(stdout);
    }
    case 'stream-json': {
      const { createStreamJsonSink } = await import('../../sinks/formats/stream-json.ts');
      return createStreamJsonSink(stdout, stderr);
    }
    case 'github': {
      const { createGithubLogSink } = await import('../../sinks/ci/github-log.ts');
      return createGithubLogSink(stdout, { workspace: workspaceFor(settings, io), showThinking: showsThinking });
    }
    case 'gitlab': {
      const { createGitlabLogSink } = await import('../../sinks/ci/gitlab-log.ts');
      return createGitlabLogSink(stdout, { showThinking: showsThinking });
    }
    default:
      return format satisfies never;
  }
}

/** Claude's questions about tools are shown by the terminal prompt, in full. */
function withoutQuestions(sink: Sink): Sink {
  return { ...sink, write: (event) => (event.message.type === 'control_request' ? undefined : sink.write(event)) };
}

/** The folder that paths of findings count from. */
function workspaceFor(settings: Settings, { env, cwd }: Io): string {
  return workspaceOf(env, resolvePath(cwd, requestOf(settings).cwd ?? '.'));
}

async function openFiles(settings: Settings, io: Io): Promise<Sink[]> {
  const { cwd, stderr } = io;
  const record = read(settings, OPTION.record);
  const bundle = read(settings, OPTION.bundle);
  const sinks: Sink[] = [];
  // The bundle first: nothing is made of it yet, and what is wrong with it leaves no recording behind.
  if (bundle !== undefined) {
    const { atomicFile } = await import('../../sinks/file-output.ts');
    const { createBundleSink } = await import('../../sinks/formats/bundle.ts');
    sinks.push(createBundleSink(atomicFile('--bundle', resolvePath(cwd, bundle)), requestOf(settings)));
  }
  if (record !== undefined) {
    const { openRecordingFile } = await import('../../sinks/recording-file.ts');
    const { createRecordingSink } = await import('../../sinks/formats/ndjson.ts');
    const file = await openRecordingFile(
      '--record',
      resolvePath(cwd, record),
      (text) => void stderr.write(`sluice: warning: ${oneLine(text)}\n`),
    );
    const sink = createRecordingSink(file);
    sinks.unshift({
      ...sink,
      async close(ending) {
        try {
          await sink.close(ending);
        } finally {
          await file.close();
        }
      },
    });
  }
  const format = formatOf(settings, io);
  const isForCi = [OPTION.sarif, OPTION.junit].some((option) => read(settings, option) !== undefined);
  if (!isForCi && format !== 'github' && format !== 'gitlab') return sinks;
  const { openCiFiles } = await import('./open-ci-files.ts');
  const place = {
    workspace: workspaceFor(settings, io),
    bundle: bundle === undefined ? null : resolvePath(cwd, bundle),
  };
  return [...sinks, ...openCiFiles(settings, format, place, io)];
}

/** What tells others how the run goes. */
async function openTellers(settings: Settings, { cwd, stderr }: Io): Promise<Sink[]> {
  const [file, url] = [read(settings, OPTION.metricsFile), read(settings, OPTION.ping)];
  const sinks: Sink[] = [];
  if (file !== undefined) {
    const { createMetricsFileSink } = await import('../../sinks/metrics-file.ts');
    const { atomicFile } = await import('../../sinks/file-output.ts');
    const path = resolvePath(cwd, file);
    // Its reader is another user's as a rule, and there is nothing in it but numbers.
    const output = atomicFile(flagOf(OPTION.metricsFile), path, 0o644);
    sinks.push(createMetricsFileSink({ path, output, now: Date.now }));
  }
  if (url !== undefined) {
    const { createPingSink } = await import('../../sinks/ping.ts');
    const where = flagOf(OPTION.ping);
    const onFault = (reason: string): void => void stderr.write(`sluice: warning: ${where}: ${reason}\n`);
    sinks.push(createPingSink(url, onFault));
  }
  return sinks;
}

function openHeartbeat(settings: Settings, io: Io): Sink {
  return createHeartbeatSink(io.stderr, {
    printsAtTheEnd: printsAtTheEnd(formatOf(settings, io)),
    now: monotonicMs,
  });
}

async function openProgress(
  settings: Settings,
  io: Io,
  spinnerStream: SpinnerStream,
  preparing: Preparation['describe'],
): Promise<Sink> {
  const { createProgressSink } = await import('../../sinks/pretty/progress.ts');
  return createProgressSink({
    spinnerStream,
    colorLevel: colorLevel(read(settings, OPTION.color), io.env, true),
    now: monotonicMs,
    preparing,
  });
}
