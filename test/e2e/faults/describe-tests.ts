import type { Family } from './families.ts';
import { exitCodeOf, type Fault, secondsOf } from './fault.ts';
import type { QueueFault } from './queue.ts';

/** The whole of test/README.md: what the folders hold, and a table of the faults of each family. */
export function describeTests(families: readonly Family[], queue: readonly QueueFault[]): string {
  const tables = families.map(({ name, about, faults }) => `### ${name}\n\n${about}\n\n${tableOf(faults)}\n`);
  return `${FOLDERS}\n${tables.join('\n')}\n${QUEUE}\n${queueTable(queue)}\n`;
}

const FOLDERS = `# Tests

| folder | what it holds |
|---|---|
| \`unit/\` | every room of \`src/\`, fed with values: no process, no network |
| \`e2e/fake/\` | the command with a claude that does as the test says: in the test's own process, and the built one where processes, streams and signals are what it is about |
| \`e2e/real/\` | the built command with the real claude, which talks to a stub of the Messages API on loopback |
| \`e2e/faults/\` | the matrix below: one row, one test |
| \`support/\` | what the tests share: the fake claude, scripts for the stub, a home for each run, a look at \`/proc\` |
| \`fixtures/\` | recordings of real runs, the help of claude, an MCP server |
| \`types/\` | our types against those of the Agent SDK |
| \`bench/\` | figures, of time and of memory: \`npm run bench\`, \`npm run bench:secrets\`, \`npm run bench:gateway\` |
| \`peers/\` | what sluice is compared with, installed when it is asked for |
| \`torture/\` | every ending with every kind of child, again and again: \`npm run torture\`; \`e2e/\` has each once. With \`-- --ledger\`, processes that share a ledger and are killed; with \`-- --gateway --rounds 500\`, clients of \`sluice serve\` that leave and come back |
| \`soak/\` | hundreds of runs with random faults, after all tests with more random cases: \`npm run soak\` |

\`npm test\` runs \`unit\` and \`e2e\`. Tests of random cases draw a few of them, the same ones in each run; with
\`SLUICE_TEST_ROUNDS=10\` in the environment, as \`npm run soak\` has it, ten times as many, and others each time. Unit tests share a process, but those that mock modules,
\`*.mocked.test.ts\`, and those that leave something going, \`*.alone.test.ts\`, which would count among the timers of others.
No test leaves loopback, and none needs a key. After each test that runs the command a
look at \`/proc\` shows that nothing of the run is left, and its folder for temporary files is as it was before.

The tables in \`src/help/\`, and the picture of a run, are made from the code by \`unit/help/\`; after a change, \`npx vitest run
--project unit test/unit/help -u\`.

## What can fail, and what comes of it

Printed by \`e2e/faults/matrix.test.ts\` from the rows that the tests beside it run; after a change, \`npx vitest run --project e2e
test/e2e/faults -u\`. The exit code is that of the process, and the one in the bundle. The bundle is "partial" where the run was
cut short: it holds what came until then. Where it has a dash the bundle can't know, and stderr tells the class, or sluice
itself did not live to tell. The time is a bound on the whole run with these flags, on an idle machine. In no row is a process,
a temporary file or an open file left.
`;

const QUEUE = `### A queue

A batch and workers on a Redis that is failed by the test, which has them wait for an answer for a second. The class
is that of the item, or of the batch where that can't begin; an item is done, open, uncertain or run again. \`npm run torture --
--queue\` kills and stops all that take part.
`;

function queueTable(faults: readonly QueueFault[]): string {
  const rows = faults.map(({ name, ends }) => [name, ends.class, ends.item ?? '–']);
  return tabled(['fault', 'class', 'item'], rows);
}

function tableOf(faults: readonly Fault[]): string {
  const rows = faults.map(({ name, flags = [], bundle, ends }) => [
    name,
    flags.length > 0 ? `\`${flags.join(' ')}\`` : '',
    ends.class ?? '–',
    exitCodeOf(ends),
    bundle === 'none' ? '–' : ends.partial === true ? 'partial' : 'whole',
    `${secondsOf(ends)} s`,
  ]);
  return tabled(['fault', 'flags', 'class', 'exit', 'bundle', 'ends within'], rows);
}

function tabled(head: readonly string[], rows: readonly (readonly unknown[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
