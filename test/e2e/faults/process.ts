import { Buffer } from 'node:buffer';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { begin, type Step, succeed } from '../../support/fake.ts';
import { plain } from '../../support/scenarios.ts';
import type { Ending, Fault } from './fault.ts';

/** So far, so good. */
const half: readonly Step[] = [...begin, { say: 'half an answer' }];

const crashed: Ending = { class: 'crashed', partial: true };
const success: Ending = { class: 'success' };

/** What the process of claude can do to a run, or what it started. */
export const PROCESS_FAULTS: readonly Fault[] = [
  {
    name: 'exit with 0 before a word',
    ...saying([{ prompt: true }]),
    ends: { class: 'claude_not_found', partial: true },
  },
  { name: 'exit with 1 before a word', ...saying([{ prompt: true }, { exit: 1 }]), ends: crashed },
  { name: 'silence before a word', ...fake([{ hang: true }], '--start-timeout', '2s'), ends: stalled(15) },
  { name: 'exit with 0, no result', ...saying(half), ends: crashed },
  { name: 'exit with 1, no result', ...saying([...half, { exit: 1 }]), ends: crashed },
  { name: 'exit with 137, no result', ...fake([...half, { exit: 137 }]), ends: crashed },
  ...[1, 137].map((exit): Fault => ({
    name: `exit with ${exit} after a good result`,
    ...saying([...begin, ...succeed, { exit }]),
    ends: { ...success, saying: new RegExp(`exit code ${exit}`) },
  })),
  { name: 'killed by SIGKILL', ...fake([...half, { die: 'SIGKILL' }]), ends: crashed },
  { name: 'killed by SIGSEGV', ...fake([...half, { die: 'SIGSEGV' }]), ends: crashed },
  {
    name: 'terminated by somebody else',
    ...fake([...half, { die: 'SIGTERM' }]),
    ends: { class: 'interrupted', exitCode: 143, partial: true },
  },
  {
    name: 'torn tail, exit with 0',
    ...saying([...half, { raw: '{"type":"result","sub' }]),
    ends: { class: 'truncated', partial: true },
  },
  {
    name: 'torn tail in a turn after a good result',
    ...saying([...begin, ...succeed, { say: 'the background task' }, { raw: '{"type":"result","sub' }]),
    ends: { class: 'truncated', partial: true },
  },
  {
    name: 'two lines glued into one that is none, then a result',
    ...saying([...half, { raw: '{"type":"assistant","mess' }, ...succeed]),
    ends: { class: 'truncated', partial: true },
  },
  {
    name: 'lines that are no JSON at all',
    ...saying([...begin, { raw: 'Warning: the moon is full\n' }, ...succeed]),
    ends: { ...success, saying: /1 line of claude's output could not be read/ },
  },
  { name: 'invalid UTF-8', ...saying([...begin, { bytes: mangledLine() }, ...succeed]), ends: success },
  {
    name: 'a result, and no exit',
    ...fake([...begin, ...succeed, { hang: true }]),
    ends: { ...success, saying: /did not exit after its result/, within: 20 },
  },
  { name: 'two results', ...saying([...begin, ...succeed, ...succeed]), ends: success },
  {
    name: 'a late result of a background task, which failed',
    ...saying([...begin, ...succeed, { result: { is_error: true, origin: { kind: 'task-notification' } } }]),
    ends: success,
  },
  { name: 'a flood of 1,000 lines', ...fake([...begin, { flood: 1_000 }, ...succeed]), ends: takes(30) },
  { name: 'a line of 2 MB', ...fake([...begin, { huge: 2 }, ...succeed]), ends: takes(30) },
  { name: '2 MB on stderr', ...fake([...begin, { rant: 2 }, ...succeed]), ends: success },
  {
    name: 'a question to its host that nobody knows',
    ...saying([...begin, { ask: { subtype: 'brand_new_request' } }, ...succeed]),
    ends: success,
  },
  { name: 'silence after a word', ...fake([...half, { hang: true }], '--idle-timeout', '2s'), ends: stalled(15) },
  {
    name: 'a tool that never ends',
    ...fake([...begin, { bash: 'sleep infinity' }, { hang: true }], '--idle-timeout', 'tool=2s'),
    ends: stalled(15),
  },
  {
    name: 'no signal is heeded',
    ...fake([{ ignore: ['SIGINT', 'SIGTERM', 'SIGHUP'] }, ...half, { hang: true }], '--timeout', '2s'),
    ends: { class: 'timeout', partial: true, within: 20 },
  },
  { name: 'a tool leaves a process', ...leaving('sleep 300'), ends: success },
  { name: 'a tool leaves a daemon', ...leaving('(setsid sleep 300 &) &'), ends: success },
  { name: 'a tool leaves a daemon that hides', ...leaving('env -i setsid sleep 300'), ends: success },
  { name: 'an MCP server that says nothing', ...mcpServer('setInterval(() => {}, 1e6)'), ends: takes(60) },
  {
    name: 'an MCP server that stays when it is to go',
    ...mcpServer(`
      process.on('SIGINT', () => {}).on('SIGTERM', () => {});
      setInterval(() => {}, 1e6);
      import(${JSON.stringify(fileURLToPath(new URL('../../fixtures/mcp-server.js', import.meta.url)))});
    `),
    ends: success,
  },
];

function fake(steps: readonly Step[], ...flags: readonly string[]): Pick<Fault, 'flags' | 'how'> {
  return { flags, how: { fake: steps } };
}

/** A claude that ends by itself, and soon. */
function saying(steps: readonly Step[]): Pick<Fault, 'flags' | 'how' | 'isInWords'> {
  return { ...fake(steps), isInWords: true };
}

/** A command that outlives the run unless it is found. */
function leaving(command: string): Pick<Fault, 'how'> {
  return fake([...begin, { spawn: command }, { sleep: 300 }, ...succeed]);
}

/** An MCP server that is this script, for the real claude. */
function mcpServer(script: string): Pick<Fault, 'script' | 'flags' | 'how'> {
  const servers = { odd: { command: process.execPath, args: ['--eval', script] } };
  return {
    script: plain,
    flags: ['--mcp-config', 'mcp.json'],
    how({ project }) {
      writeFileSync(join(project, 'mcp.json'), JSON.stringify({ mcpServers: servers }));
      return {};
    },
  };
}

/** An assistant's text with a byte in it that is no UTF-8. */
function mangledLine(): string {
  const message = { type: 'message', role: 'assistant', content: [{ type: 'text', text: 'a?b' }] };
  return Buffer.from(`${JSON.stringify({ type: 'assistant', message })}\n`.replace('?', '\u00ff'), 'latin1').toString(
    'base64',
  );
}

function stalled(within: number): Ending {
  return { class: 'stalled', partial: true, within };
}

function takes(within: number): Ending {
  return { ...success, within };
}
