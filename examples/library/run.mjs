// Asks claude about a file, and prints the answer. The simplest use of the library: one call, one sink, one verdict.
//
//   node run.mjs FILE [QUESTION]
import { readFile } from 'node:fs/promises';
import { createTextSink, run } from 'sluice';

const [file = 'package.json', question = 'What is this, in one sentence?'] = process.argv.slice(2);

// The library leaves signals to whoever owns the process. Aborted by this reason, the run ends as `interrupted`.
const stop = new AbortController();
process.once('SIGINT', () => stop.abort('SIGINT'));

const ending = await run(
  {
    prompt: { text: question, attachments: [{ name: file, text: await readFile(file, 'utf8') }] },
    tools: [], // all there is to know is attached
    maxBudgetUsd: 0.5,
    timeout: 120_000,
  },
  // A sink's output is anything with a `write`. What is shown on a terminal wants its control characters taken out first.
  [createTextSink({ write: (text) => void process.stdout.write(text) }, (text) => text.replace(/(?!\n)\p{Cc}/gu, '�'))],
  { signal: stop.signal },
);

// Nothing is thrown for a run that failed: branch on the class, never on a text.
if (ending.class !== 'success') process.stderr.write(`${ending.class}: ${ending.message}\n`);
process.exitCode = ending.exitCode;
