#!/usr/bin/env node
/*
 * A fake claude that does as its prompt says: a JSON list of the steps of `fake-claude.cjs`, so that each query of a server
 * can have its own. An interrupt ends it at once, as it does the real one, unless it ignores SIGINT. In `.claudes` it takes
 * down when it comes (+) and goes (-); who is killed goes without a trace.
 */
const { appendFileSync } = require('node:fs');
const { createInterface } = require('node:readline');
const { PassThrough } = require('node:stream');

const { stdin } = process;
/** What the fake one hears. */
const passed = new PassThrough();
Object.defineProperty(process, 'stdin', { value: passed });

appendFileSync('.claudes', '+');
process.on('exit', () => appendFileSync('.claudes', '-'));

createInterface({ input: stdin })
  .on('line', (line) => {
    const { type, message, request, request_id } = JSON.parse(line);
    passed.write(`${line}\n`);
    if (type === 'user') obey(message.content[0].text);
    if (request?.subtype === 'interrupt' && process.listenerCount('SIGINT') === 0) stop(request_id);
  })
  .on('close', () => passed.end());

function obey(steps) {
  process.env.FAKE_CLAUDE = steps;
  void import('./fake-claude.cjs');
}

function stop(request_id) {
  print({ type: 'control_response', response: { subtype: 'success', request_id } });
  print({
    type: 'result',
    subtype: 'error_during_execution',
    is_error: true,
    duration_ms: 10,
    duration_api_ms: 5,
    num_turns: 1,
    session_id: '11111111-2222-4333-8444-555555555555',
    total_cost_usd: 0.001,
    usage: { input_tokens: 1, output_tokens: 1 },
    modelUsage: {},
    permission_denials: [],
    errors: [],
    uuid: '00000000-0000-4000-8000-000000000000',
  });
  process.exit(0);
}

/** Printed at once: stdout is a file. */
function print(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
