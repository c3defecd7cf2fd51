import { statSync } from 'node:fs';
import { resolve as resolvePath } from 'node:path';
import { SluiceError } from '../errors.ts';
import type { OutputFormat } from '../config/options/output.ts';
import { lazySink } from '../sinks/lazy-sink.ts';
import { createRetryNoticeSink } from '../sinks/retry-notice.ts';
import type { SpinnerStream } from '../sinks/pretty/spinner.ts';
import type { Sink } from '../sinks/sink.ts';
import type { Terminal } from '../sinks/output.ts';
import { colorLevel } from './color-level.ts';
import type { Io } from './io.ts';
import type { Resolved } from './settings.ts';

/** The format to print in. */
export function formatOf({ output }: Resolved, { stdout }: Io): OutputFormat {
  return output ?? (stdout.isTTY ? 'pretty' : 'text');
}

/**
 * The sinks of a run: what is printed first, then the files, then the progress line.
 * @param inputs files that are read, which no output may be
 * @throws SluiceError `output_error` when a file can't be created, `usage` when an output is an input
 */
export async function openSinks(options: Resolved, io: Io, inputs: readonly string[] = []): Promise<Sink[]> {
  for (const [option, path] of [
    ['--record', options.record],
    ['--bundle', options.bundle],
  ] as const) {
    const input = inputs.find(
      (name) => path !== undefined && isSameFile(resolvePath(io.cwd, name), resolvePath(io.cwd, path)),
    );
    if (input !== undefined)
      throw new SluiceError('usage', `${option}: ${input} is read by this run; write to another file`);
  }
  const sinks = [lazySink(() => openPrinted(options, io)), ...(await openFiles(options, io))];
  const { stderrStream } = io;
  if (!showsProgress(options, io)) return sinks;
  if (stderrStream === null) sinks.push(createRetryNoticeSink(io.stderr));
  else sinks.push(lazySink(() => openProgress(options, io, stderrStream)));
  return sinks;
}

function isSameFile(one: string, other: string): boolean {
  const [first, second] = [one, other].map((path) => statSync(path, { throwIfNoEntry: false }));
  return first !== undefined && second !== undefined && first.dev === second.dev && first.ino === second.ino;
}

/** A progress line has room where pretty does not draw its own and events do not stream over it. */
function showsProgress(options: Resolved, io: Io): boolean {
  const format = formatOf(options, io);
  const printsAtTheEnd = format === 'text' || format === 'json';
  return !options.quiet && format !== 'pretty' && (printsAtTheEnd || !io.stdout.isTTY);
}

async function openPrinted(options: Resolved, io: Io): Promise<Sink> {
  const format = formatOf(options, io);
  const { stdout, stderr } = io;
  switch (format) {
    case 'pretty': {
      const { createPrettySink } = await import('../sinks/pretty/pretty.ts');
      const out: Terminal = { ...stdout, colorLevel: colorLevel(options.color, io.env, stdout.isTTY) };
      const spinner = options.quiet || io.stderrStream === null ? {} : { spinnerStream: io.stderrStream };
      return createPrettySink({
        out,
        ...spinner,
        showThinking: options.showThinking,
        showSystem: options.systemMessages,
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
      return createBundleSink(stdout, options);
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

async function openFiles(options: Resolved, { cwd }: Io): Promise<Sink[]> {
  const { record, bundle } = options;
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
    sinks.push(createBundleSink(atomicFile('--bundle', resolvePath(cwd, bundle)), options));
  }
  return sinks;
}

async function openProgress(options: Resolved, io: Io, spinnerStream: SpinnerStream): Promise<Sink> {
  const { createProgressSink } = await import('../sinks/pretty/progress.ts');
  return createProgressSink({
    spinnerStream,
    colorLevel: colorLevel(options.color, io.env, true),
    now: () => performance.now(),
  });
}
