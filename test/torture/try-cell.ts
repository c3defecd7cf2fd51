import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { startMessagesApi } from '../../src/demo/messages-api.ts';
import { messageOf } from '../../src/errors.ts';
import { bundleSchema } from '../../src/outcome/bundle.ts';
import { endAll } from './end-all.ts';
import type { Ending } from './endings.ts';
import type { Kind } from './kinds.ts';
import { makePlace, type Place } from './place.ts';
import { variableOf } from './process-table.ts';
import { FIRST_WORDS, scriptOf, WORDS } from './script-of.ts';
import { type Exit, startVictim, type Victim } from './start-victim.ts';
import { MARKER, type Trace, tracked } from './traces.ts';
import { until } from './until.ts';

/** What became of one try. */
export interface Trial {
  /** What was not as it should be, a sentence each; empty: all was. */
  readonly problems: readonly string[];
  /** Milliseconds from the ending until nothing was left; null where something was. */
  readonly cleanAfter: number | null;
  /** Set where the run ended before it had the child. */
  readonly isEarly?: true;
}

/** How long after the ending something may be left, in milliseconds, where nothing else is said. */
const BOUND = 10_000;

/** How many times longer than usual a child may take to be there. */
const MOST_PATIENCE = 8;

const eventSchema = bundleSchema.shape.messages.element;

/**
 * Has a run that has a kind of child end in one way, and looks what is left of it. What is left is killed then.
 * @param claude the binary
 * @param delay milliseconds between the moment when the child is there and the ending
 * @param bound milliseconds after the ending in which something may be left
 */
export async function tryCell(ending: Ending, kind: Kind, claude: string, delay = 0, bound = BOUND): Promise<Trial> {
  // On a busy machine the child takes its time.
  for (let patience = 1; ; patience *= 2) {
    const trial = await tryOnce(
      postponed(ending, patience),
      { ...kind, startUp: patience * kind.startUp },
      claude,
      delay,
      bound,
    );
    if (trial.isEarly !== true || patience >= MOST_PATIENCE) return trial;
  }
}

/** An ending that comes so many times later, if it comes by itself. */
function postponed(ending: Ending, times: number): Ending {
  return ending.due === undefined ? ending : { ...ending, due: { ...ending.due, ms: times * ending.due.ms } };
}

async function tryOnce(ending: Ending, kind: Kind, claude: string, delay: number, bound: number): Promise<Trial> {
  const place = makePlace();
  const api = await startMessagesApi(scriptOf(ending, kind, place));
  const node = ending.node?.(place) ?? process.execPath;
  const args = [
    '--permission-mode=bypassPermissions',
    '--bundle=bundle.json',
    '--record=record.ndjson',
    ...(ending.options ?? []),
    ...(ending.due === undefined ? [] : [`${ending.due.option}${ending.due.ms}ms`]),
    ...(kind.options?.(place) ?? []),
    'hi',
  ];
  const victim = startVictim(args, { place, claude, url: api.url, node, asJob: ending.asJob === true });
  try {
    return await observe(victim, ending, kind, place, { delay, bound });
  } catch (error) {
    return {
      problems: [`${messageOf(error)}${victim.stderr() === '' ? '' : `; stderr: ${victim.stderr()}`}`],
      cleanAfter: null,
    };
  } finally {
    victim.kill('SIGKILL');
    endAll({ place, marker: null, seen: [] });
    await api.close();
    place.remove();
  }
}

async function observe(
  victim: Victim,
  ending: Ending,
  kind: Kind,
  place: Place,
  { delay, bound }: { readonly delay: number; readonly bound: number },
): Promise<Trial> {
  const there = await whenChildIsThere(victim, ending, kind, place);
  if (there === null) {
    const { code, signal } = await victim.ended;
    const problem = `sluice ended (${code ?? signal}) before the child was there; stderr: ${victim.stderr()}`;
    return { problems: [problem], cleanAfter: null, isEarly: true };
  }
  const { trace, folder } = there;
  const childAt = performance.now();
  if (ending.strike !== undefined) {
    await sleep(delay);
    await ending.strike(victim);
  }
  const struckAt = ending.due === undefined ? performance.now() : dueAt(ending.due, victim.startedAt, childAt);
  const exit = await Promise.race([victim.ended, sleep(60_000, null, { ref: false })]);
  if (exit === null) return { problems: ['sluice did not exit within a minute'], cleanAfter: null };
  const endedAt = ending.meanwhile === 'done' ? performance.now() : struckAt;

  const leftovers = (): readonly string[] => [
    ...tracked(trace).map(({ pid, commandLine }) => `left running: ${pid} ${commandLine}`),
    ...foldersLeft(place, folder).map((path) => `left on disk: ${path}`),
  ];
  while (leftovers().length > 0 && performance.now() - endedAt < bound) await sleep(50);
  const cleanAfter = Math.max(0, Math.round(performance.now() - endedAt));
  const problems = [
    ...leftovers(),
    ...wrongInExit(exit, ending),
    ...(ending.exitCode === null ? wrongInRecord(place) : wrongInBundle(place, ending, kind)),
  ];
  if (cleanAfter > bound) problems.push(`clean only after ${cleanAfter} ms`);
  if (problems.length === 0) return { problems, cleanAfter };
  return { problems: [...problems, `stderr: ${victim.stderr()}`], cleanAfter: null };
}

function dueAt({ after, ms }: NonNullable<Ending['due']>, startedAt: number, childAt: number): number {
  return ms + (after === 'start' ? startedAt : childAt);
}

/**
 * Waits until the child runs and what was said before is on record; tells what there is to be gone afterwards, or null
 * when the run ended before.
 */
async function whenChildIsThere(
  victim: Victim,
  { meanwhile }: Ending,
  kind: Kind,
  place: Place,
): Promise<{ readonly trace: Trace; readonly folder: string } | null> {
  let exit: Exit | null = null;
  void victim.ended.then((ended) => (exit = ended));
  const looksLike = kind.looksLike(place);
  const words = meanwhile === 'done' ? FIRST_WORDS : WORDS[meanwhile];
  const isThere = (): boolean =>
    tracked({ place, marker: null, seen: [] }).some(({ commandLine }) => looksLike.test(commandLine));
  await until(`"${kind.name}" runs`, () => exit !== null || (isThere() && recordOf(place).includes(words)));
  const claude = victim.claude();
  if (exit !== null || claude === null) return null;
  return {
    trace: { place, marker: variableOf(claude, MARKER), seen: victim.descendants() },
    folder: variableOf(claude, 'CLAUDE_CODE_TMPDIR') ?? '',
  };
}

/** Private folders that are still there: the run's own, and those of runs within it. */
function foldersLeft({ temporary }: Place, folder: string): readonly string[] {
  const inTemporary = readdirSync(temporary).filter((name) => name.startsWith('sluice-'));
  const paths = new Set([folder, ...inTemporary.map((name) => join(temporary, name))]);
  return [...paths].filter((path) => existsSync(path));
}

function wrongInExit({ code, signal }: Exit, { exitCode }: Ending): readonly string[] {
  const ended = code === null ? `died of ${signal}` : `exited with ${code}`;
  // A shell tells a signal that a job died of by a code over 128.
  if (exitCode === null) return code === null || code > 128 ? [] : [`sluice ${ended} though it was killed`];
  return code === exitCode ? [] : [`sluice ${ended}, not with ${exitCode}`];
}

/** What there is of the record, up to its last whole line, has to be valid and to hold what was said. */
function wrongInRecord(place: Place): readonly string[] {
  const lines = recordOf(place).split('\n').slice(0, -1);
  const bad = lines.filter((line) => !eventSchema.safeParse(parsed(line)).success);
  return bad.map((line) => `bad line in the record: ${line.slice(0, 200)}`);
}

function wrongInBundle(place: Place, { exitCode, meanwhile }: Ending, kind: Kind): readonly string[] {
  const read = bundleSchema.safeParse(parsed(contentOf(join(place.project, 'bundle.json'))));
  if (!read.success) return [`no valid bundle: ${read.error.message}`];
  const { partial, sessionId, result, outcome } = read.data;
  const isSuccess = exitCode === 0;
  const warnings = outcome.warnings.join('; ');
  const claims: readonly (readonly [boolean, string])[] = [
    [partial === !isSuccess, `partial is ${partial}`],
    [sessionId !== null, 'the bundle has no session id'],
    [outcome.exitCode === exitCode, `the bundle says exit code ${outcome.exitCode}`],
    [result.summary.includes(WORDS[meanwhile]), `the bundle's text is "${result.summary}"`],
    [!isSuccess || kind.told?.test(warnings) !== false, `what was ended is not told: "${warnings}"`],
  ];
  return claims.filter(([holds]) => !holds).map(([, problem]) => problem);
}

function recordOf({ project }: Place): string {
  return contentOf(join(project, 'record.ndjson'));
}

function contentOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function parsed(json: string): unknown {
  try {
    const value: unknown = JSON.parse(json);
    return value;
  } catch {
    return undefined;
  }
}
