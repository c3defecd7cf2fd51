import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], sequence: { groupOrder: 0 } } },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          // A real claude needs half a second to start, more on a busy machine.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          // Real processes on a machine that others use too: what fails once is tried again there, and told.
          retry: process.env['CI'] === undefined ? 0 : 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
