#!/usr/bin/env node
/*
 * A claude that does as the test says: the environment variable FAKE_CLAUDE holds a JSON list of steps, each an object
 * with one of the keys below. After the last step it exits with 0. A list of such lists has one for each start in the same
 * working directory; the last of them is for all further starts too. It is CommonJS, which Node starts sooner: tests do so a
 * thousand times.
 */
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { appendFileSync, existsSync, rmSync, statSync } = require('node:fs');
const { createInterface } = require('node:readline');
const { setTimeout: sleep } = require('node:timers/promises');

const SESSION = '11111111-2222-4333-8444-555555555555';
const bypasses = process.argv.includes('--dangerously-skip-permissions');
/** Everything that was said on stdin, and what of it no step has waited for yet. */
const log = [];
const heard = [];
const bell = new EventTarget();
const input = createInterface({ input: process.stdin });
input.on('line', (line) => {
  log.push(JSON.parse(line));
  heard.push(log.at(-1));
  bell.dispatchEvent(new Event('heard'));
});

const steps = {
  /** The message that begins a session: all is as it was asked for, unless fields say otherwise. */
  init: (fields) =>
    print({
      type: 'system',
      subtype: 'init',
      cwd: process.cwd(),
      session_id: SESSION,
      tools: [...(valueOf('tools')?.split(',') ?? ['Bash']), ...(valueOf('json-schema') ? ['StructuredOutput'] : [])],
      mcp_servers: [],
      model: 'fake-model',
      permissionMode: bypasses ? 'bypassPermissions' : (valueOf('permission-mode') ?? 'default'),
      slash_commands: [],
      apiKeySource: 'ANTHROPIC_API_KEY',
      claude_code_version: '2.1.197',
      output_style: 'default',
      agents: [],
      uuid: uuid(),
      ...fields,
    }),
  /** Assistant text. */
  say: (text) => print(assistant({ type: 'text', text })),
  /** A call of Bash. */
  bash: (command) => print(assistant({ type: 'tool_use', id: `toolu_${count}`, name: 'Bash', input: { command } })),
  /** The result; a success unless fields say otherwise. */
  result: (fields) => print(result(fields)),
  /** A result that holds the arguments, the environment, the folder, and all that was said on stdin so far. */
  confess: () => {
    const seen = { argv: process.argv.slice(2), env: process.env, cwd: process.cwd(), heard: log };
    return print(result({ result: JSON.stringify(seen) }));
  },
  /** Any message, as it is. */
  print,
  /** Text as it is, with no newline. */
  raw: (text) => write(text),
  /** Bytes, in base64. */
  bytes: (base64) => write(Buffer.from(base64, 'base64')),
  /** So many numbered lines of assistant text. */
  flood: async (lines) => {
    for (let line = 1; line <= lines; line++) await print(assistant({ type: 'text', text: `line ${line}` }));
  },
  /** Assistant text of so many megabytes in one line. */
  huge: (megabytes) => print(assistant({ type: 'text', text: 'x'.repeat(megabytes * 1024 * 1024) })),
  complain: async (text) => void process.stderr.write(text),
  /** So many megabytes of complaints, a line of 100 bytes each; waits until they are taken. */
  rant: async (megabytes) => {
    const megabyte = `${'x'.repeat(99)}\n`.repeat(10_000);
    for (let done = 0; done < megabytes; done++) {
      if (!process.stderr.write(megabyte)) await once(process.stderr, 'drain');
    }
  },
  /** Starts a shell command as a tool does: in a session of its own, and without waiting for it. */
  spawn: async (command) => spawn('sh', ['-c', command], { detached: true, stdio: 'ignore' }).unref(),
  /** Removes a file. */
  remove: async (path) => rmSync(path),
  sleep,
  /** Waits until there is a file. */
  until: async (path) => {
    while (!existsSync(path)) await sleep(10);
  },
  /** Waits for a prompt. */
  prompt: () => hear((message) => message.type === 'user'),
  /** Waits for an interrupt and acknowledges it. */
  interrupt: async () => {
    const { request_id } = await hear(({ request }) => request?.subtype === 'interrupt');
    await print({ type: 'control_response', response: { subtype: 'success', request_id } });
  },
  /** Asks the host something, waits for the answer, and says what it was. */
  ask: async (request) => {
    await print({ type: 'control_request', request_id: 'ask-1', request });
    const answer = await hear((message) => message.type === 'control_response');
    await print(assistant({ type: 'text', text: JSON.stringify(answer) }));
  },
  /** Waits until the host closes stdin. */
  goodbye: () => input.closed || once(input, 'close'),
  /** From now on these signals do nothing. */
  ignore: async (signals) => {
    for (const signal of signals) process.on(signal, () => {});
  },
  /** Works until it is interrupted, and ends then as the real one does. */
  work: async () => {
    await steps.interrupt();
    await steps.result({ subtype: 'error_during_execution', is_error: true, errors: [], result: undefined });
    process.exit(0);
  },
  /** Never goes on, whatever it is told. */
  hang: () => sleep(2 ** 31 - 1),
  exit: (code) => process.exit(code),
  die: async (signal) => {
    process.kill(process.pid, signal);
    await sleep(10_000);
  },
};

let count = 0;

void play(stepsOfThisStart(JSON.parse(process.env.FAKE_CLAUDE)));

async function play(script) {
  for (const step of script) {
    for (const [name, value] of Object.entries(step)) await steps[name](value);
  }
  process.exit(0);
}

function stepsOfThisStart(script) {
  if (!Array.isArray(script[0])) return script;
  const counter = '.fake-claude-starts';
  appendFileSync(counter, '.');
  return script[Math.min(statSync(counter).size, script.length) - 1];
}

function assistant(...content) {
  return {
    type: 'assistant',
    message: {
      id: `msg_${++count}`,
      type: 'message',
      role: 'assistant',
      model: 'fake-model',
      content,
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 1, output_tokens: 1 },
    },
    parent_tool_use_id: null,
    session_id: SESSION,
    uuid: uuid(),
  };
}

function result(fields) {
  return {
    type: 'result',
    subtype: 'success',
    is_error: false,
    duration_ms: 10,
    duration_api_ms: 5,
    num_turns: 1,
    result: 'done',
    stop_reason: 'end_turn',
    session_id: SESSION,
    total_cost_usd: 0.001,
    usage: { input_tokens: 1, output_tokens: 1 },
    modelUsage: {},
    permission_denials: [],
    uuid: uuid(),
    ...fields,
  };
}

function uuid() {
  return `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`;
}

/** What a flag was given, the last time. */
function valueOf(flag) {
  return process.argv.findLast((argument) => argument.startsWith(`--${flag}=`))?.slice(flag.length + 3);
}

/** The first message that fits, from those that were heard or are still to come. */
async function hear(fits) {
  for (;;) {
    const found = heard.findIndex(fits);
    if (found !== -1) return heard.splice(found, 1)[0];
    if (input.closed) throw new Error('stdin was closed');
    await Promise.race([once(bell, 'heard'), once(input, 'close')]);
  }
}

function print(message) {
  return write(`${JSON.stringify(message)}\n`);
}

function write(data) {
  return new Promise((resolve) => process.stdout.write(data, resolve));
}
