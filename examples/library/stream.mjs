// Follows a run event by event: what claude does, as it does it, and then what it came to.
//
//   node stream.mjs [QUESTION]
import { isUnknown, stream } from 'sluice';

const [question = 'What does this project do?'] = process.argv.slice(2);

// The library installs no signal handlers: without this one, Ctrl-C would leave claude running.
const stop = new AbortController();
process.once('SIGINT', () => stop.abort('SIGINT'));

const events = stream(
  { prompt: question, tools: ['Read', 'Grep', 'Glob'], maxTurns: 20, timeout: 300_000 },
  { signal: stop.signal },
);

// `for await` works too, and leaving it stops claude; by hand, the generator's return value is not lost.
let step = await events.next();
for (; step.done !== true; step = await events.next()) {
  const { message, timestamp } = step.value;
  // Types that this version has never heard of come through as they are. Sort them out before looking into one.
  if (isUnknown(message) || message.type !== 'assistant') continue;
  for (const block of message.message.content) {
    if (block.type === 'tool_use') process.stdout.write(`${timestamp} ${block.name} ${JSON.stringify(block.input)}\n`);
  }
}

const { class: outcome, report } = step.value;
process.stdout.write(`${JSON.stringify(report.result.summary)}\n`);
process.stdout.write(`${outcome}, ${report.numTurns} turns, ${report.redactions.total} secrets masked\n`);
process.exitCode = step.value.exitCode;
