import { accessSync, constants, copyFileSync, existsSync, mkdtempSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { programOnPath } from '../../claude/start/locate.ts';
import { read, type Setting, type Settings } from '../../config/layers.ts';
import { OPTION } from '../../config/command-options/options.ts';
import { startMessagesApi } from '../../demo/messages-api.ts';
import { triage } from '../../demo/triage.ts';
import { SluiceError } from '../../errors.ts';
import { replay } from '../../replay.ts';
import { run } from '../../run.ts';
import type { Ending } from '../../sinks/sink.ts';
import { foldersUp } from '../../system/folders-up.ts';
import { removeTree } from '../../system/remove-tree.ts';
import { flagName } from '../settings/flag-name.ts';
import type { Io } from '../io.ts';
import { openSinks } from '../output/open-sinks.ts';
import { requestOf } from '../settings/settings.ts';
import { settle } from '../output/settle.ts';
import { findClaude } from '../settings/find-claude.ts';

const LONGEST_PAUSE_MS = 500;

const QUESTION = 'why did the deploy fail?';

/**
 * Runs the main job offline: the real claude reads a sample log, answered by a stub of the Messages API on loopback.
 * No key is needed, and nothing of the user's session is touched. Where there is no claude, a recording of the same run
 * is shown. Returns the exit code.
 */
export async function demoCommand(settings: Settings, io: Io): Promise<number> {
  const log = writableCopy(packaged('examples/logs/deploy.log'));
  const bundle = log.replace(/\.log$/, '.bundle.json');
  const own: readonly Setting[] = [
    { option: OPTION.output, value: read(settings, OPTION.output) ?? 'pretty', from: 'the demo' },
    { option: OPTION.bundle, value: bundle, from: 'the demo' },
  ];
  const shown: Settings = new Map([...settings, ...own.map((setting) => [setting.option.name, setting] as const)]);
  const { maxChars, full } = requestOf(settings);
  const kept = { ...(maxChars === undefined ? {} : { maxChars }), ...(full === undefined ? {} : { full }) };
  const claude = findClaude(settings, io);
  const signal = stopOnSignal(io);
  await say(io, `$ sluice "${QUESTION}" < ${basename(log)}`);
  if (claude instanceof SluiceError) {
    await say(io, `no claude to run: ${claude.told(flagName)}`);
    await say(io, 'so this is a recording of the real one:');
    const recording = await readFile(packaged('examples/logs/deploy.recording.ndjson'), 'utf8');
    const ending = await replay(atItsOwnPace(recording), kept, await openSinks(shown, io), {
      env: {},
      nameOption: flagName,
      signal,
    });
    return await conclude(ending, RECORDED, bundle, io, signal);
  }
  const api = await startMessagesApi(triage(basename(log)));
  const home = mkdtempSync(join(tmpdir(), 'sluice-demo-'));
  try {
    const ending = await run(
      {
        prompt: { text: QUESTION, attachments: [{ name: basename(log), text: await readFile(log, 'utf8') }] },
        cwd: dirname(log),
        claudePath: claude,
        includePartialMessages: io.stdout.isTTY,
        settingSources: '',
        ...kept,
      },
      await openSinks(shown, io),
      { env: offlineEnvironment(io, api.url, home), nameOption: flagName, suspension: io.suspension, signal },
    );
    return await conclude(ending, PLAYED, bundle, io, signal);
  } finally {
    await api.close();
    removeTree(home);
  }
}

const PLAYED = `This was the real claude, but what answered it was a stub on this machine:
no key of yours was used, nothing left the machine and nothing was spent.
The figures above, the cost among them, are the stub's.`;

const RECORDED = `This was a recording of the real claude, which a stub had answered:
no key was used and nothing was spent.
The figures above, the cost among them, are the stub's.`;

/** Says what it was, where the rest of it is, and what to try next. */
async function conclude(
  ending: Ending,
  whatItWas: string,
  bundle: string,
  io: Io,
  signal: AbortSignal,
): Promise<number> {
  const exitCode = await settle(ending, 'pretty', io, signal);
  await say(io, `\n${whatItWas}\nThe whole run as one JSON document:\n${bundle}`);
  if (exitCode === 0) await say(io, `\n${nextSteps(io)}`);
  return exitCode;
}

/** Things to try, as they can be typed here and now. */
function nextSteps({ env, cwd }: Io): string {
  const sluice =
    programOnPath('sluice', { path: env['PATH'], cwd }) === null ? `node ${nearer('bin/sluice.js', cwd)}` : 'sluice';
  return `Try next:
  ${sluice} redact ${nearer('examples/logs/deploy.log', cwd)}
      the same log with its secrets masked, without any claude
  git diff | ${sluice} "is there a bug in this change?"
      a run of your own, with the login or key that your claude has
  ${sluice} --json "what is this project?" | jq .outcome
      how a run ended, for programs; "${sluice} --help" has the rest`;
}

/** A file of the package, by the shorter way from here. */
function nearer(path: string, cwd: string): string {
  const [absolute, fromHere] = [packaged(path), relative(cwd, packaged(path))];
  return fromHere.startsWith('..') ? absolute : fromHere;
}

/** Nothing of the user's but the way to find programs: no key, no login, no settings, no telemetry. */
function offlineEnvironment({ env }: Io, url: string, home: string): Record<string, string | undefined> {
  return {
    PATH: env['PATH'],
    HOME: home,
    ANTHROPIC_BASE_URL: url,
    ANTHROPIC_API_KEY: 'sk-ant-fake-0000',
    DISABLE_TELEMETRY: '1',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    CLAUDE_CONFIG_DIR: join(home, '.claude'),
  };
}

function stopOnSignal(io: Io): AbortSignal {
  const stop = new AbortController();
  io.onSignal((signal) => stop.abort(signal));
  return stop.signal;
}

/** A file of the package, from the bundle in dist/cli or a chunk below it. */
function packaged(path: string): string {
  const folder = foldersUp(dirname(import.meta.filename)).find((one) => existsSync(join(one, path)));
  if (folder === undefined) throw new SluiceError('internal', `${path} is missing from the package`);
  return join(folder, path);
}

/** The log itself where the bundle can be written beside it, else a copy in a temporary folder. */
function writableCopy(log: string): string {
  try {
    accessSync(dirname(log), constants.W_OK);
    return log;
  } catch {
    const copy = join(mkdtempSync(join(tmpdir(), 'sluice-demo-')), basename(log));
    copyFileSync(log, copy);
    return copy;
  }
}

async function say(io: Io, text: string): Promise<void> {
  await io.stderr.write(`${text}\n`);
  await io.stderr.flush();
}

/** The lines of a recording with the pauses that there were between them, none long enough to bore. */
async function* atItsOwnPace(recording: string): AsyncGenerator<Uint8Array> {
  let last = Number.POSITIVE_INFINITY;
  for (const line of recording.split(/(?<=\n)/)) {
    const time = Date.parse(/"timestamp":"([^"]+)"/.exec(line)?.[1] ?? '');
    const pause = Math.min(time - last, LONGEST_PAUSE_MS);
    if (pause > 0) await setTimeout(pause);
    if (!Number.isNaN(time)) last = time;
    yield Buffer.from(line);
  }
}
