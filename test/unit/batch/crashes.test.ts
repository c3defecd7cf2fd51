import { appendFileSync, cpSync, existsSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rounds } from '../../support/rounds.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { batchIn, ended, item, type Work } from './batches.ts';

const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];
const ITEMS = IDS.map((id) => item(id));

/** Who writes among them. */
const WRITERS = new Set(['b', 'd', 'e']);

/**
 * A batch that is killed: what stands on the disk at that moment is all that the next one finds, with half a line at its
 * end.
 */
it('each item ends once, and what may have written is never done twice, wherever a batch is killed', async () => {
  const out = fc.constantFrom('out.jsonl', 'out');
  const kills = fc.array(fc.record({ after: fc.nat(14), torn: fc.boolean() }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(out, kills, fc.integer({ min: 1, max: 4 }), async (out, kills, atOnce) => {
      const base = temporaryFolder();
      const written = new Map<string, number>();
      let folder = join(base, 'start');
      mkdirSync(folder);

      for (const [index, { after, torn }] of kills.entries()) {
        const next = join(base, `${index}`);
        let steps = 0;
        /** From its moment on, nothing that is done counts any more. */
        const isAlive = (): boolean => {
          if (steps++ === after) copy(folder, next);
          return steps <= after;
        };
        await batchIn(folder, ITEMS, worker(written, isAlive), { out, atOnce });
        if (!existsSync(next)) copy(folder, next);
        folder = next;
        if (torn) for (const name of ['out.jsonl', `${out}.journal`]) tear(join(folder, name));
      }

      const { tally, done } = await batchIn(
        folder,
        ITEMS,
        worker(written, () => true),
        { out, atOnce },
      );
      const uncertain = tally.letters.map(({ id, state }) => (expect(state).toBe('uncertain'), id ?? ''));
      expect(new Set([...done, ...uncertain])).toEqual(new Set(IDS));
      expect(done.length + uncertain.length).toBe(IDS.length);
      expect(uncertain.filter((id) => !WRITERS.has(id))).toEqual([]);
      expect([...written.values()].filter((times) => times > 1)).toEqual([]);
    }),
    { numRuns: rounds(15) },
  );
}, 60_000);

function worker(written: Map<string, number>, isAlive: () => boolean): Work {
  return async ({ id }, watch) => {
    isAlive();
    if (WRITERS.has(id)) {
      await watch.writing('Bash');
      if (isAlive()) written.set(id, (written.get(id) ?? 0) + 1);
    }
    isAlive();
    return ended();
  };
}

/** All but the lock, which ends with whoever holds it. */
function copy(from: string, to: string): void {
  cpSync(from, to, { recursive: true, filter: (path) => !basename(path).includes('.lock-') });
}

function tear(path: string): void {
  if (existsSync(path)) appendFileSync(path, '{"entry":"ended","id":"a","fing');
}
