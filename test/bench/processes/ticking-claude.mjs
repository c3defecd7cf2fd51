#!/usr/bin/env node
// A claude that prints SLUICE_BENCH_EVENTS events, 5 to 20 ms apart, each with the time of its writing.
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const events = Number(process.env.SLUICE_BENCH_EVENTS);
const say = (message) => writeSync(1, `${JSON.stringify({ session_id: 'ticking', ...message })}\n`);

say({ type: 'system', subtype: 'init', cwd: '/', model: 'none', tools: [], permissionMode: 'default' });
for (let event = 0; event < events; event += 1) {
  // All waits between 5 and 20 ms, in an order that looks like chance and is the same each time.
  await sleep(5 + ((event * 7) % 16));
  // A clock that all processes share; a number, since strings that long could pass for secrets.
  say({
    type: 'system',
    subtype: 'notification',
    key: 'tick',
    text: 'tick',
    priority: 'low',
    writtenAt: milliseconds(),
  });
}
say({ type: 'result', subtype: 'success', is_error: false, result: 'done', num_turns: 1 });
process.stdin.resume();

function milliseconds() {
  return Number(process.hrtime.bigint()) / 1e6;
}
