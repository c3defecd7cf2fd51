import { KINDS } from '../kinds/kinds.ts';
import type { Random } from '../random.ts';
import { spell } from '../spell.ts';
import { cleanLog } from './clean-log.ts';

/** One line in so many holds a secret. */
const LINES_A_SECRET = 40;

const SENTENCES = [
  'I will look at the authentication module first and then run the tests.',
  'The token is read from the environment, so nothing has to change there.',
  'All 214 tests pass now; the password policy is covered as well.',
  'Here is what I found in the log of the worker that failed at night.',
];

/** Lines such as `claude` prints as stream-json, at least that many characters of them, with a secret now and then. */
export function mixedJson(random: Random, size: number): string[] {
  const lines: string[] = [];
  for (let length = 0; length < size;) {
    const line = JSON.stringify(random.pick([delta, answer, toolUse, toolResult])(random));
    lines.push(line);
    length += line.length + 1;
  }
  return lines;
}

function delta(random: Random): unknown {
  const event = {
    type: 'content_block_delta',
    index: 0,
    delta: { type: 'text_delta', text: random.pick(SENTENCES).slice(0, 24) },
  };
  return { type: 'stream_event', event, session_id: spell(random, '{uuid}'), parent_tool_use_id: null };
}

function answer(random: Random): unknown {
  const usage = {
    input_tokens: random.int(1, 9),
    cache_read_input_tokens: random.int(1, 99_999),
    output_tokens: random.int(1, 999),
  };
  const content = [{ type: 'text', text: random.shuffle(SENTENCES).join(' ') }];
  return { type: 'assistant', message: { id: spell(random, 'msg_01{alnum 22}'), role: 'assistant', content, usage } };
}

function toolUse(random: Random): unknown {
  const input = { command: 'grep -rn "verifyToken" src | head', description: 'Look for uses' };
  const content = [{ type: 'tool_use', id: spell(random, 'toolu_01{alnum 22}'), name: 'Bash', input }];
  return { type: 'assistant', message: { id: spell(random, 'msg_01{alnum 22}'), role: 'assistant', content } };
}

function toolResult(random: Random): unknown {
  const lines = cleanLog(random, 1500);
  // Three of four lines are none of these, and hold nothing.
  if (random.int(1, LINES_A_SECRET / 4) === 1) lines.push(random.pick(KINDS).make(random).text);
  const content = [
    { type: 'tool_result', tool_use_id: spell(random, 'toolu_01{alnum 22}'), content: lines.join('\n') },
  ];
  return { type: 'user', message: { role: 'user', content }, uuid: spell(random, '{uuid}') };
}
