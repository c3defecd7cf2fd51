import process from 'node:process';
import { defineConfig } from 'vitest/config';

// What failed in CI is known by its message alone; random cases are the same ones in each run; what is waited for comes late on
// a busy machine.
const ALL = {
  chaiConfig: { truncateThreshold: 2_000 },
  setupFiles: ['test/support/draw-alike.ts', 'test/support/wait-longer.ts'],
  expect: { poll: { timeout: 10_000 } },
  // End-to-end tests wait for processes twice as long as they work: with fewer of them, two cores are idle for a third of the
  // time. All projects have as many workers, which is how vitest lets one begin before another is over; they do so by name.
  maxWorkers: 6,
};

// Most of a unit test's time was node starting and loading modules: they share a process, but for those that mock modules, and
// those that leave something going.
const UNIT = { ...ALL, testTimeout: 20_000 };

const ALONE = 'test/unit/**/*.{alone,mocked}.test.ts';

export default defineConfig({
  test: {
    // What was transformed before is not again: neither for the other projects nor in the next run.
    experimental: { fsModuleCache: true },
    projects: [
      { test: { ...UNIT, name: 'alone', include: [ALONE] } },
      {
        test: {
          ...ALL,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          // What they share are helpers without a memory, and the version of claude, which takes a while to ask for.
          isolate: false,
          // A real claude needs half a second to start, more on a busy machine.
          testTimeout: 120_000,
          hookTimeout: 60_000,
          // A machine that others use too may be too slow: what ran out of time, and nothing else, is tried again there, and told.
          retry:
            process.env['CI'] === undefined
              ? 0
              : { count: 2, condition: /timed out|no end after|in vain|took too long|did not succeed in time/ },
        },
      },
      // The shortest ones last, so that no core is without work in the end.
      { test: { ...UNIT, name: 'unit', include: ['test/unit/**/*.test.ts'], exclude: [ALONE], isolate: false } },
    ],
  },
});
