import { statSync } from 'node:fs';
import { resolve as resolvePath } from 'node:path';
import { SluiceError } from '../errors.ts';
import { read, type Settings } from '../config/layers.ts';
import { OPTION } from '../config/options/options.ts';
import type { OutputFormat } from '../config/options/output.ts';
import { lazySink } from '../sinks/lazy-sink.ts';
import { createRetryNoticeSink } from '../sinks/retry-notice.ts';
import type { SpinnerStream } from '../sinks/pretty/spinner.ts';
import type { Sink } from '../sinks/sink.ts';
import type { Terminal } from '../sinks/output.ts';
import { colorLevel } from './color-level.ts';
import type { Io } from './io.ts';
import { requestOf } from './settings.ts';

/** The format to print in. */
export function formatOf(settings: Settings, { stdout }: Io): OutputFormat {
  return read(settings, OPTION.output) ?? (stdout.isTTY ? 'pretty' : 'text');
}

/**
 * The sinks of a run: what is printed first, then the files, then the progress line.
 * @param inputs files that are read, which no output may be
 * @throws SluiceError `output_error` when a file can't be created, `usage` when an output is an input
 */
export async function openSinks(settings: Settings, io: Io, inputs: readonly string[] = []): Promise<Sink[]> {
  for (const [option, path] of [
    ['--record', read(settings, OPTION.record)],
    ['--bundle', read(settings, OPTION.bundle)],
  ] as const) {
    const input = inputs.find(
      (name) => path !== undefined && isSameFile(resolvePath(io.cwd, name), resolvePath(io.cwd, path)),
    );
    if (input !== undefined)
      throw new SluiceError('usage', `${option}: ${input} is read by this run; write to another file`);
  }
  const sinks = [lazySink(() => openPrinted(settings, io)), ...(await openFiles(settings, io))];
  const { stderrStream } = io;
  if (stderrStream === null && read(settings, OPTION.quiet) !== true)
    sinks.push(lazySink(() => openHeartbeat(settings, io)));
  if (!showsProgress(settings, io)) return sinks;
  if (stderrStream === null) sinks.push(createRetryNoticeSink(io.stderr));
  else sinks.push(lazySink(() => openProgress(settings, io, stderrStream)));
  return sinks;
}

function isSameFile(one: string, other: string): boolean {
  const [first, second] = [one, other].map((path) => statSync(path, { throwIfNoEntry: false }));
  return first !== undefined && second !== undefined && first.dev === second.dev && first.ino === second.ino;
}

/** A progress line has room where pretty does not draw its own and events do not stream over it. */
function showsProgress(settings: Settings, io: Io): boolean {
  const format = formatOf(settings, io);
  return read(settings, OPTION.quiet) !== true && format !== 'pretty' && (printsAtTheEnd(format) || !io.stdout.isTTY);
}

function printsAtTheEnd(format: OutputFormat): boolean {
  return format === 'text' || format === 'json';
}

async function openPrinted(settings: Settings, io: Io): Promise<Sink> {
  const format = formatOf(settings, io);
  const { stdout, stderr } = io;
  switch (format) {
    case 'pretty': {
      const { createPrettySink } = await import('../sinks/pretty/pretty.ts');
      const out: Terminal = { ...stdout, colorLevel: colorLevel(read(settings, OPTION.color), io.env, stdout.isTTY) };
      const spinner =
        read(settings, OPTION.quiet) === true || io.stderrStream === null ? {} : { spinnerStream: io.stderrStream };
      return createPrettySink({
        out,
        ...spinner,
        showThinking: read(settings, OPTION.showThinking) === true,
        showSystem: read(settings, OPTION.noSystemMessages) !== true,
        now: () => performance.now(),
      });
    }
    case 'text': {
      const { createTextSink } = await import('../sinks/text.ts');
      if (!stdout.isTTY) return createTextSink(stdout);
      const { neutralise } = await import('../sinks/neutralise.ts');
      return createTextSink(stdout, neutralise);
    }
    case 'json': {
      const { createBundleSink } = await import('../sinks/bundle.ts');
      return createBundleSink(stdout, requestOf(settings));
    }
    case 'ndjson': {
      const { createNdjsonSink } = await import('../sinks/ndjson.ts');
      return createNdjsonSink(stdout);
    }
    case 'stream-json': {
      const { createStreamJsonSink } = await import('../sinks/stream-json.ts');
      return createStreamJsonSink(stdout, stderr);
    }
    default:
      return format satisfies never;
  }
}

async function openFiles(settings: Settings, { cwd }: Io): Promise<Sink[]> {
  const record = read(settings, OPTION.record);
  const bundle = read(settings, OPTION.bundle);
  const sinks: Sink[] = [];
  if (record === undefined && bundle === undefined) return sinks;
  const { atomicFile, openFile } = await import('../sinks/file-output.ts');
  if (record !== undefined) {
    const { createRecordingSink } = await import('../sinks/ndjson.ts');
    const file = openFile('--record', resolvePath(cwd, record));
    const sink = createRecordingSink(file);
    sinks.push({
      ...sink,
      async close(ending) {
        try {
          await sink.close(ending);
        } finally {
          file.close();
        }
      },
    });
  }
  if (bundle !== undefined) {
    const { createBundleSink } = await import('../sinks/bundle.ts');
    sinks.push(createBundleSink(atomicFile('--bundle', resolvePath(cwd, bundle)), requestOf(settings)));
  }
  return sinks;
}

async function openHeartbeat(settings: Settings, io: Io): Promise<Sink> {
  const { createHeartbeatSink } = await import('../sinks/heartbeat.ts');
  return createHeartbeatSink(io.stderr, {
    printsAtTheEnd: printsAtTheEnd(formatOf(settings, io)),
    now: () => performance.now(),
  });
}

async function openProgress(settings: Settings, io: Io, spinnerStream: SpinnerStream): Promise<Sink> {
  const { createProgressSink } = await import('../sinks/pretty/progress.ts');
  return createProgressSink({
    spinnerStream,
    colorLevel: colorLevel(read(settings, OPTION.color), io.env, true),
    now: () => performance.now(),
  });
}
