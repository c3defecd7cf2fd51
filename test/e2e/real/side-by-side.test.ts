import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Script } from '../../../src/demo/script.ts';
import { freshHome, type Home, temporaryFilesOf } from '../../support/folder.ts';
import { survivorsOf } from '../../support/processes.ts';
import { IS_SOAK } from '../../support/rounds.ts';
import { echo, slowText } from '../../support/scenarios.ts';
import { startSluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

/** Half of them are killed; `npm run soak` starts many more. */
const RUNS = IS_SOAK ? 20 : 4;

/** Those that are to be killed never come to an end by themselves in time. */
const script: Script = (conversation) => (conversation.prompt.startsWith('victim') ? slowText : echo)(conversation);

describe(`${RUNS} runs at once on one home, half of which are killed`, () => {
  it(
    'the first half sharing its configuration, the others each with one of their own: all others are whole',
    { timeout: 180_000 },
    async () => {
      const api = await stub(script);
      const home = freshHome();
      const runs = Array.from({ length: RUNS }, (_, index) => {
        const isVictim = index % 2 === 1;
        const prompt = isVictim ? `victim ${index}` : `answer number ${index}`;
        const bundle = `bundle-${index}.json`;
        const isIsolated = index >= RUNS / 2;
        const options = isIsolated ? ['--isolate'] : [];
        const args = ['--ndjson', '--include-partial-messages', ...options, '--bundle', bundle, prompt];
        return { ...startSluice(args, { api, home }), isVictim, isIsolated, prompt, bundle, signal: signalFor(index) };
      });

      const [victims, others] = [runs.filter(({ isVictim }) => isVictim), runs.filter(({ isVictim }) => !isVictim)];
      await Promise.all(
        victims.map(async (victim) => {
          await victim.prints('"text_delta"');
          victim.kill(victim.signal);
          const { exitCode, signal } = await victim.finished;
          expect(exitCode ?? signal).toBe(victim.signal === 'SIGINT' ? 130 : 'SIGKILL');
        }),
      );
      const sessions = await Promise.all(
        others.map(async ({ finished, isIsolated, prompt, bundle }) => {
          const run = await finished;
          expect(run.exitCode).toBe(0);
          // Of a configuration that all write to and half are killed at, claude may have something to say.
          expect(run.stderr).toMatch(/^(?:sluice: warning: claude: .*\n)*$/);
          expect(run.bundleFile(bundle)).toMatchObject({ partial: false, result: { success: true, summary: prompt } });
          // The bundle of an isolated run names none: it is gone with its configuration.
          expect(run.bundleFile(bundle).sessionId === null).toBe(isIsolated);
          return run.events().at(-2)?.sessionId ?? null;
        }),
      );
      expect(new Set(sessions).size).toBe(others.length);
      expect(sessions).not.toContain(null);
      // Many guardians at once take longer than one; between what they end and what they remove, nothing of them is seen.
      await expect.poll(() => temporaryFilesOf(home), { timeout: 30_000 }).toEqual([]);
      expect(await survivorsOf(home.path, 30_000)).toEqual([]);
      expect(() => JSON.parse(configOf(home))).not.toThrow();
    },
  );
});

/** What claude wrote down for the runs of a home that share its configuration. */
function configOf({ path }: Home): string {
  return readFileSync(join(path, '.claude.json'), 'utf8');
}

/** The harder kill first, for both kinds of configurations; then both kinds of kill, in turn. */
function signalFor(index: number): NodeJS.Signals {
  return index < 4 || index % 4 === 1 ? 'SIGKILL' : 'SIGINT';
}
