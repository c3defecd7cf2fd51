import { describe, expect, it } from 'vitest';
import { assistant, calls, endingOf, init, partial, returns, says, streams, system, thinks } from './events.ts';
import { look, lookAt, lookNow } from './runs.ts';

const conversation = [
  init(),
  says("I'll look at **the log** first."),
  calls('t1', 'Bash', {
    command: 'tail -n 40 /var/log/worker.log | grep -E "ERROR|FATAL" && echo that is all there is',
  }),
  1100,
  returns('t1', 'ERROR one\nERROR two\nERROR three\nERROR four\nERROR five'),
  calls('t2', 'Read', { file_path: '/workspace/src/pay.ts' }),
  returns('t2', 'Exit code 1\nno such file', true),
  says('The order is undefined.', 'msg_2'),
];

describe('pretty on a terminal', () => {
  it('fits a run into 60 columns', async () => {
    expect(await look(conversation, { width: 60, showSystem: true })).toMatchInlineSnapshot(`
      "· claude-opus-5-5 · /workspace · default permissions
        2 tools · claude 2.1.329
        session e3c9e254-0f2e-4662-8047-6183c453dab1

      I'll look at the log first.

      ● Bash tail -n 40 /var/log/worker.log | grep -E "ERROR|FAT…
        ✓ 1.2 s · ERROR one
          ERROR two
          ERROR three
          … 2 more lines
      ● Read /workspace/src/pay.ts
        ✗ 100 ms · Exit code 1
          no such file

      The order is undefined.

      ✓ success
        2 turns · 4.2 s · 1,230 tokens in · 40 out · $0.0022
        auth: ANTHROPIC_API_KEY
        session e3c9e254-0f2e-4662-8047-6183c453dab1
      "
    `);
  });

  it('uses 160 columns where there are as many', async () => {
    expect(await look(conversation, { width: 160, showSystem: true })).toMatchInlineSnapshot(`
      "· claude-opus-5-5 · /workspace · default permissions · 2 tools · claude 2.1.329 · session e3c9e254-0f2e-4662-8047-6183c453dab1

      I'll look at the log first.

      ● Bash tail -n 40 /var/log/worker.log | grep -E "ERROR|FATAL" && echo that is all there is
        ✓ 1.2 s · ERROR one
          ERROR two
          ERROR three
          … 2 more lines
      ● Read /workspace/src/pay.ts
        ✗ 100 ms · Exit code 1
          no such file

      The order is undefined.

      ✓ success
        2 turns · 4.2 s · 1,230 tokens in · 40 out · $0.0022 · auth: ANTHROPIC_API_KEY · session e3c9e254-0f2e-4662-8047-6183c453dab1
      "
    `);
  });

  it('wraps no line of its own in 20 columns', async () => {
    const text = await lookAt(conversation, { width: 20, showSystem: true });
    const own = text.split('\n').filter((line) => /^[●·✓✗ ]/.test(line));
    expect(own.length).toBeGreaterThan(5);
    expect(Math.max(...own.map((line) => line.length))).toBeLessThan(20);
  });

  it('prints no escape at colour level 0 and colours at level 1', async () => {
    expect(await look(conversation)).not.toContain('\u001B');
    expect(await look(conversation, { colorLevel: 1 })).toContain('\u001B[1mBash\u001B[22m');
  });
});

describe('streamed text', () => {
  it('appears as it arrives and is not printed again when it comes whole', async () => {
    const pieces = ['The ', 'answer\n', 'is 42.'];
    expect(await lookNow(streams(pieces))).toBe('The answer\nis 42.');
    expect(
      await lookAt([...streams(pieces), says('The answer\nis 42.'), partial({ type: 'content_block_stop' })]),
    ).toBe('The answer\nis 42.\n');
  });

  it('prints the rest when the whole message has more than was streamed', async () => {
    expect(await lookAt([...streams(['The ans']), says('The answer.')])).toBe('The answer.\n');
  });

  it('tells of a reply that broke off and was asked for again', async () => {
    const text = await lookAt([
      ...streams(['The ans']),
      ...streams(['The answer.'], 'msg_2'),
      says('The answer.', 'msg_2'),
    ]);
    expect(text).toMatchInlineSnapshot(`
      "The ans

      ↻ the reply broke off; claude asks for it again

      The answer.
      "
    `);
  });

  it('lets the lines of a subagent wait for the end of a text, but not an urgent one', async () => {
    const beside = [...streams(['Half a ']), calls('s1', 'Bash', { command: 'ls' }, 'agent'), partial(delta('word.'))];
    expect(await lookAt([...beside, says('Half a word.')])).toMatchInlineSnapshot(`
      "Half a word.

      │ ● Bash ls
      "
    `);
    const urgent = [...streams(['Half a ']), system('api_retry', retry), partial(delta('word.'))];
    expect(await lookNow(urgent)).toMatchInlineSnapshot(`
      "Half a

      ↻ API answered 529 (overloaded): retry 1/10 in 1.2 s

      word."
    `);
  });

  it('cannot be used to smuggle an escape in two pieces', async () => {
    expect(await lookNow(streams(['a\u001B', '[2Jb\r', '\nc']))).toBe('a␛[2Jb\nc');
  });
});

describe('thinking', () => {
  const messages = [...streams(['Hmm, ', 'well.'], 'msg_1', 'thinking'), thinks('Hmm, well.'), says('Yes.')];

  it('is hidden unless asked for', async () => {
    expect(await lookAt(messages)).toBe('Yes.\n');
    expect(await lookAt(messages, { showThinking: true })).toBe('Hmm, well.\n\nYes.\n');
  });
});

describe('tools', () => {
  it('puts each result under its own call, also when several ran at once', async () => {
    const text = await lookAt([
      calls('a', 'Bash', { command: 'sleep 1; echo the first' }),
      calls('b', 'Glob', { pattern: '*.txt' }),
      calls('c', 'mcp__jira__search', { query: 'open', limit: 5 }),
      returns('c', [
        { type: 'text', text: 'none' },
        { type: 'image', source: {} },
      ]),
      returns('b', ''),
      returns('a', '<tool_use_error>Error: timed out</tool_use_error>', true),
      returns('never-seen', 'orphan'),
    ]);
    expect(text).toMatchInlineSnapshot(`
      "● Bash sleep 1; echo the first
        ✗ 500 ms · Error: timed out
      ● Glob *.txt
        ✓ 300 ms · no output
      ● mcp__jira__search {"query":"open","limit":5}
        ✓ 100 ms · none
          [image]
        ✓ tool · orphan
      "
    `);
  });

  it('shows what an edit changed', async () => {
    const patch = [
      { oldStart: 1, lines: [' one', '-two', '+zwei', '+zwo', ' three'] },
      { oldStart: 40, lines: ['-- a comment in SQL', ...Array.from({ length: 20 }, (_, line) => `+new ${line}`)] },
    ];
    const text = await lookAt([
      calls('e', 'Edit', { file_path: 'a.txt', old_string: 'two', new_string: 'zwei' }),
      { ...returns('e', 'The file a.txt has been updated.'), tool_use_result: { structuredPatch: patch } },
      calls('w', 'Write', { file_path: 'b.txt', content: 'x' }),
      { ...returns('w', 'File created.'), tool_use_result: { type: 'create', structuredPatch: [] } },
      calls('f', 'Edit', { file_path: 'c.txt' }),
      { ...returns('f', 'No such file.', true), tool_use_result: 'Error' },
    ]);
    expect(text).toMatchInlineSnapshot(`
      "● Edit a.txt
        ✓ 100 ms · 22 added, 2 removed
           one
          -two
          +zwei
          +zwo
           three
           …
          -- a comment in SQL
          +new 0
          +new 1
          +new 2
          +new 3
          +new 4
          … 15 more lines
      ● Write b.txt
        ✓ 100 ms · File created.
      ● Edit c.txt
        ✗ 100 ms · No such file.
      "
    `);
    const colored = await lookAt([{ ...returns('e', ''), tool_use_result: { structuredPatch: patch } }], {
      colorLevel: 1,
    });
    expect(colored).toContain('\u001B[31m    -two\u001B[39m');
    expect(colored).toContain('\u001B[32m    +zwei\u001B[39m');
  });

  it('tells of a task only when it runs in the background', async () => {
    const task = { task_id: 'x', tool_use_id: 'a', description: 'make', task_type: 'local_bash' };
    const done = system('task_notification', { task_id: 'x', status: 'completed', summary: 'make' });
    const waited = system('task_started', { ...task, is_backgrounded: false });
    expect(await lookAt([waited, done])).toBe('');
    const left = system('task_started', { ...task, is_backgrounded: true, task_type: 'local_agent' });
    expect(await lookAt([left, done])).toBe('◇ background task started: make\n✓ background task make completed\n');
  });

  it('shows what tools of the API returned, in whatever shape', async () => {
    const text = await lookAt([
      assistant(
        { type: 'server_tool_use', id: 's1', name: 'web_search', input: { query: 'dns' } },
        {
          type: 'web_search_tool_result',
          tool_use_id: 's1',
          content: [
            { type: 'web_search_result', title: 'All of DNS', url: 'https://dns.example' },
            { type: 'web_search_result', url: 'https://b.example' },
          ],
        },
        { type: 'server_tool_use', id: 's2', name: 'web_search', input: { query: 'more' } },
        {
          type: 'web_search_tool_result',
          tool_use_id: 's2',
          content: { type: 'web_search_tool_result_error', error_code: 'max_uses_exceeded' },
        },
        { type: 'server_tool_use', id: 's3', name: 'bash_code_execution', input: { command: 'ls' } },
        {
          type: 'bash_code_execution_tool_result',
          tool_use_id: 's3',
          content: { type: 'bash_code_execution_result', stdout: 'a\nb', stderr: '', return_code: 0, content: [] },
        },
        { type: 'mcp_tool_use', id: 'm1', name: 'find', server_name: 'jira', input: { open: true } },
        { type: 'mcp_tool_result', tool_use_id: 'm1', is_error: false, content: [{ type: 'text', text: 'JIRA-1' }] },
      ),
    ]);
    expect(text).toMatchInlineSnapshot(`
      "● web_search dns
        ✓ All of DNS (https://dns.example)
          https://b.example
      ● web_search more
        ✗ max_uses_exceeded
      ● bash_code_execution ls
        ✓ a
          b
      ● find {"open":true}
        ✓ JIRA-1
      "
    `);
  });

  it('shows parallel subagents one after the other, each with what it did', async () => {
    const text = await lookAt([
      calls('a', 'Agent', { description: 'the first' }),
      calls('b', 'Agent', { description: 'the second' }),
      calls('b1', 'Bash', { command: 'b one' }, 'b'),
      calls('a1', 'Bash', { command: 'a one' }, 'a'),
      calls('a2', 'Bash', { command: 'a two' }, 'a'),
      returns('b1', 'x', false, 'b'),
      returns('a2', 'y', false, 'a'),
      says('b says', 'm1', 'b'),
      returns('a1', 'z', false, 'a'),
      returns('b', 'report of b'),
      returns('a', 'report of a'),
      says('Both are done.', 'm2'),
    ]);
    expect(text).toMatchInlineSnapshot(`
      "● Agent the first
      │ ● Bash a one
      │   ✓ 500 ms · z
      │ ● Bash a two
      │   ✓ 200 ms · y
        ✓ Agent the first · 1.0 s · report of a
      ● Agent the second
      │ ● Bash b one
      │   ✓ 300 ms · x
      │ b says
        ✓ Agent the second · 800 ms · report of b

      Both are done.
      "
    `);
  });

  it('shows all that was held back when the run ends, or the model goes on', async () => {
    const two = [calls('a', 'Bash', { command: 'one' }), calls('b', 'Bash', { command: 'two' }), returns('b', 'x')];
    expect(await look(two)).toMatch(/^● Bash one\n● Bash two\n {2}✓ 100 ms · x\n\n✓ success/);
    expect(await lookAt([...two, says('Well.', 'm2'), returns('a', 'late')])).toMatchInlineSnapshot(`
      "● Bash one
      ● Bash two
        ✓ 100 ms · x

      Well.

        ✓ Bash one · 400 ms · late
      "
    `);
    expect(await lookAt([...two, ...streams(['Well.'], 'm2')])).toMatch(/^● Bash one\n● Bash two\n {2}✓ 100 ms · x\n$/);
  });

  it('indents subagents under their call', async () => {
    const text = await lookAt([
      calls('agent', 'Agent', { description: 'count the files', prompt: 'p' }),
      system('task_started', { task_id: 'x', tool_use_id: 'agent', description: 'count', task_type: 'local_agent' }),
      calls('s1', 'Bash', { command: 'ls | wc -l' }, 'agent'),
      returns('s1', '12', false, 'agent'),
      says('There are 12.\nI counted twice.', 'msg_9', 'agent'),
      system('task_notification', { task_id: 'x', status: 'completed', summary: 'count' }),
      returns('agent', [{ type: 'text', text: '12 files.\nagentId: 1f (use SendMessage …)' }]),
    ]);
    expect(text).toMatchInlineSnapshot(`
      "● Agent count the files
      │ ● Bash ls | wc -l
      │   ✓ 100 ms · 12
      │ There are 12.
      │ I counted twice.
        ✓ Agent count the files · 600 ms · 12 files.
      "
    `);
  });

  it('names a result that a subagent has spoken before', async () => {
    const text = await lookAt([
      calls('s1', 'Bash', { command: 'ls' }, 'a'),
      says('Wait.', 'm', 'a'),
      returns('s1', 'x', false, 'a'),
    ]);
    expect(text).toBe('│ ● Bash ls\n│ Wait.\n│   ✓ Bash ls · 200 ms · x\n');
  });

  it('tells a denial once', async () => {
    const text = await lookAt([
      calls('t1', 'Write', { file_path: '/etc/passwd', content: 'x' }),
      system('permission_denied', { tool_name: 'Write', tool_use_id: 't1', message: 'not allowed' }),
      returns('t1', 'not allowed', true),
    ]);
    expect(text).toBe('● Write /etc/passwd\n⚠ Write denied: not allowed\n');
  });
});

describe('what else happens', () => {
  it('is told in a few words each', async () => {
    expect(await lookAt(happenings, { width: 100, showSystem: true })).toMatchInlineSnapshot(`
      "⚠ hook Stop failed with exit code 127: sh: no such hook
      · claude-opus-5-5 · /workspace · default permissions · 2 tools · claude 2.1.329
        session e3c9e254-0f2e-4662-8047-6183c453dab1
      ⚠ MCP server jira: failed
      ↻ API answered 529 (overloaded): retry 1/10 in 1.2 s
      ↻ API not reached: retry 2/10 in 1.2 s
      ⚠ opus → sonnet: Switched to Sonnet
      ✗ opus refused (cyber)
      ◇ conversation compacted (auto), it had 155,000 tokens
      ◇ background task started: dev server
      ⚠ background task dev server stopped
      ✗ blocked by ↵ a hook
      · system/teleported
      ⚠ five-hour usage limit: 91 % used
      ✗ five-hour usage limit reached, resets 2026-11-21 05:17 UTC
      · hologram␛[2J
      "
    `);
  });

  it('is told without the chatter when system messages are not wanted', async () => {
    const text = await lookAt(happenings, { width: 100 });
    expect(text).not.toContain('· ');
    expect(text).toContain('⚠ MCP server jira: failed');
  });
});

describe('the end', () => {
  it('says once what the API said', async () => {
    const text = 'API Error: 529 Overloaded.\nTry again later.';
    const failed = { ...says(text, 'm2'), error: 'overloaded' };
    const ending = endingOf({ class: 'overloaded', message: 'API Error: 529 Overloaded. Try again later.; wait' });
    const page = await look([says('Let me see.'), failed], { ending, width: 100 });
    expect(page).toMatch(/^Let me see\.\n\n✗ overloaded: API Error: 529 Overloaded. Try again later.; wait\n/);
    expect(await look([failed], { ending, isTTY: false, width: 100 })).toMatch(/^05:30:04Z │ ✗ overloaded: .*; wait\n/);
    const other = endingOf({ class: 'timeout', message: 'the time limit was reached (--timeout)' });
    expect(await look([failed], { ending: other })).toMatch(
      /^API Error: 529 Overloaded\.\nTry again later\.\n\n✗ timeout/,
    );
    expect(await look([failed, says('On we go.', 'm3')])).toMatch(/^API Error: [^]*later\.\n\nOn we go\.\n\n✓/);
  });

  it('says once what claude said in place of the model, and what a slash command says', async () => {
    const own = (text: string) => ({
      type: 'assistant',
      message: { id: 'm', model: '<synthetic>', content: [{ type: 'text', text }] },
    });
    const failed = endingOf({ class: 'network', message: 'API Error: Connection error.' });
    expect(await look([own('API Error: Connection error.')], { ending: failed })).toMatch(
      /^✗ network: API Error: Conn/,
    );
    const ending = endingOf({}, { result: { success: true, summary: 'Total cost: $0' } });
    expect(await look([own('Total cost: $0')], { ending })).toMatch(/^Total cost: \$0\n\n✓ success/);
    expect(await look([own('Total cost: $0')], { ending, isTTY: false })).toMatch(
      /│ Total cost: \$0\n05:30:04Z │ ✓ success/,
    );
  });

  it('prints an answer that nobody has seen yet', async () => {
    const ending = endingOf({}, { result: { success: true, summary: 'It was **DNS**.' } });
    expect(await look([calls('t', 'Read', { file_path: 'x' }), returns('t', 'y')], { ending })).toContain(
      '\n\nIt was DNS.\n\n✓',
    );
    expect(await look([says('It was **DNS**.')], { ending })).toMatch(/^It was DNS\.\n\n✓/);
    expect(await look(streams(['It was **D']), { ending })).toMatch(/^It was \*\*D\n\n✓/);
  });

  it('prints a structured output as JSON, once', async () => {
    const structured = { name: 'Ada\u001B[0m', age: 36 };
    const ending = endingOf({}, { result: { success: true, summary: JSON.stringify(structured), structured } });
    expect(await look([], { ending })).toMatchInlineSnapshot(`
      "{
        "name": "Ada\\u001b[0m",
        "age": 36
      }

      ✓ success
        2 turns · 4.2 s · 1,230 tokens in · 40 out · $0.0022
        auth: ANTHROPIC_API_KEY
        session e3c9e254-0f2e-4662-8047-6183c453dab1
      "
    `);
  });
});

const delta = (text: string) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } });
const retry = { attempt: 1, max_retries: 10, retry_delay_ms: 1214.18, error_status: 529, error: 'overloaded' };
const hook = { hook_id: 'h', hook_name: 'Stop', hook_event: 'Stop', stdout: '', output: '' };

const happenings = [
  system('hook_response', { ...hook, stderr: 'sh: no such hook\nmore', outcome: 'error', exit_code: 127 }),
  system('hook_response', { ...hook, stderr: '', outcome: 'success', exit_code: 0 }),
  init({
    mcp_servers: [
      { name: 'jira', status: 'failed' },
      { name: 'git', status: 'connected' },
    ],
  }),
  init({ mcp_servers: [{ name: 'jira', status: 'failed' }] }),
  system('api_retry', retry),
  system('api_retry', { ...retry, attempt: 2, error_status: null, error: 'unknown' }),
  system('model_fallback', { original_model: 'opus', fallback_model: 'sonnet', content: 'Switched to Sonnet' }),
  system('model_refusal_no_fallback', { original_model: 'opus', content: '', api_refusal_category: 'cyber' }),
  system('compact_boundary', { compact_metadata: { trigger: 'auto', pre_tokens: 155000 } }),
  system('task_started', { task_id: 'b', description: 'dev server', task_type: 'local_bash' }),
  system('task_notification', { task_id: 'b', status: 'stopped', summary: 'dev server' }),
  system('task_notification', { task_id: 'b', status: 'stopped', summary: 'dev server' }),
  system('informational', { content: 'blocked by\na hook', level: 'warning', prevent_continuation: true }),
  system('thinking_tokens', { estimated_tokens: 6, estimated_tokens_delta: 6 }),
  system('teleported', { to: 'mars' }),
  { type: 'rate_limit_event', rate_limit_info: { status: 'allowed' } },
  {
    type: 'rate_limit_event',
    rate_limit_info: { status: 'allowed_warning', rateLimitType: 'five_hour', utilization: 0.91 },
  },
  {
    type: 'rate_limit_event',
    rate_limit_info: { status: 'rejected', rateLimitType: 'five_hour', resetsAt: 1795238224 },
  },
  { type: 'hologram\u001B[2J', data: 1 },
];
