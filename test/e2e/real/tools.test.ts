import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inTurn, page, type Script, text, toolUse } from '../../../src/demo/script.ts';
import { since } from '../../support/claude.ts';
import { freshHome } from '../../support/folder.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { livingThrough } from '../../support/known-claude.ts';
import { streamOf } from '../../support/recordings.ts';
import { survivorsOf } from '../../support/processes.ts';
import { denied, subagent } from '../../support/scenarios.ts';
import { sluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

/** A turn in which the API itself searches the web, as it streams it. */
const searchTurn = page(
  [
    {
      type: 'message_start',
      message: {
        id: 'msg_search',
        type: 'message',
        role: 'assistant',
        model: 'claude-opus-4-8',
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: { input_tokens: 1, output_tokens: 1 },
      },
    },
    ...block(
      { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} },
      { type: 'input_json_delta', partial_json: '{"query":"dns"}' },
      0,
    ),
    ...block(
      {
        type: 'web_search_tool_result',
        tool_use_id: 'srvtoolu_1',
        content: [
          { type: 'web_search_result', title: 'All of DNS', url: 'https://dns.example', encrypted_content: 'x' },
        ],
      },
      null,
      1,
    ),
    ...block({ type: 'text', text: '' }, { type: 'text_delta', text: 'Found **it**.' }, 2),
    {
      type: 'message_delta',
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { output_tokens: 5 },
    },
    { type: 'message_stop' },
  ]
    .map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
    .join(''),
  'text/event-stream',
);

function block(content_block: object, delta: object | null, index: number) {
  return [
    { type: 'content_block_start', index, content_block },
    ...(delta === null ? [] : [{ type: 'content_block_delta', index, delta }]),
    { type: 'content_block_stop', index },
  ];
}

describe('tools', () => {
  it('take several turns and run side by side, one that fails is no failure, each is a line above its own result, and what edits a file shows what it changed', async () => {
    const home = freshHome();
    const folders = ['one', 'two'].map((name) => join(home.path, name));
    for (const folder of folders) {
      mkdirSync(folder);
      writeFileSync(join(folder, 'note.txt'), 'noted');
    }
    writeFileSync(join(home.project, 'a.txt'), 'one\ntwo\n');
    const files = [home.project, ...folders].map((folder, at) => join(folder, at === 0 ? 'a.txt' : 'note.txt'));
    const bash = (command: string) => toolUse('Bash', { command, description: 'Try' });
    const api = await stub(
      inTurn(
        [bash('sleep 1; echo slow'), bash('echo fast'), bash('ls nowhere')],
        [text('Then two.'), bash('echo two')],
        // In every folder of --add-dir.
        files.map((file) => toolUse('Read', { file_path: file })),
        [toolUse('Edit', { file_path: join(home.project, 'a.txt'), old_string: 'two', new_string: 'zwei' })],
        [text('Done.')],
      ),
    );
    const flags = ['-o', 'pretty', '--bundle', 'b.json', '--permission-mode=acceptEdits', '--fail-on-denied'];
    const run = await sluice(
      [...flags, 'hi', '--allowed-tools', 'Bash', 'Glob', '--verbose', '--add-dir', ...folders],
      {
        api,
        home,
      },
    );
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toMatch(/● Bash sleep 1; echo slow\n.*✓ .* slow\n.*● Bash echo fast\n.*✓ .* fast\n/);
    expect(run.stdout).toMatch(/● Bash echo two\n.*✓ .* two\n/);
    expect(run.stdout).toMatch(/✓ .* 1 added, 1 removed\n.* │ {6}one\n.* │ {5}-two\n.* │ {5}\+zwei\n/);
    const bundle = run.bundleFile('b.json');
    expect(bundle).toMatchObject({ result: { success: true, summary: 'Done.' }, permissionDenials: [] });
    expect(bundle.tools).toEqual(
      expect.arrayContaining([
        { name: 'Bash', calls: 4, errors: 1 },
        { name: 'Read', calls: 3, errors: 0 },
        { name: 'Edit', calls: 1, errors: 0 },
      ]),
    );
    // The oldest counts messages.
    expect(since('2.0.0') ? bundle.numTurns : 9).toBe(9);
  });

  it.runIf(since('2.1.0'))('that the API runs itself are shown and counted', async () => {
    const api = await stub(() => searchTurn);
    const run = await sluice(['-o', 'pretty', '--bundle', 'b.json', 'hi'], { api });
    expect(run.stdout).toMatch(/● web_search dns\n.*✓ All of DNS \(https:\/\/dns\.example\)\n.*│ Found it\.\n/);
    expect(run.bundleFile('b.json').tools).toEqual([{ name: 'web_search', calls: 1, errors: 0 }]);
  });

  it('of a subagent are not the answer, and one in the background that ends after it does not take its place', async () => {
    const caller = inTurn(
      subagent,
      [toolUse('Bash', { command: 'sleep 2; echo done', description: 'Wait', run_in_background: true })],
      [text('The subagent is back; not waiting.')],
      [text('The background task is done.')],
    );
    const script: Script = (conversation) =>
      (conversation.prompt.startsWith('Run echo') ? subagent : caller)(conversation);
    const run = await sluice(['--json', '--allowed-tools=Bash', 'hi'], { api: await stub(script) });
    expect(run.exitCode).toBe(0);
    expect(run.bundle().result).toEqual({ success: true, summary: 'The subagent is back; not waiting.' });
    expect(await survivorsOf(run.home.path)).toEqual([]);
  });
});

describe('tools that are denied', () => {
  it('are a warning on a success', async () => {
    const fake = [{ prompt: true } as const, { bytes: streamOf('denied').toString('base64') }];
    const run = await sluiceHere(['--json', 'hi'], { fake });
    expect(run.exitCode).toBe(0);
    expect(run.stderr).toMatch(/^sluice: warning: 2 tool calls denied \(Bash, Write\); allow with --allowed-tools\n$/);
    const bundle = run.bundle();
    expect(bundle.outcome.class).toBe('success');
    expect(bundle.permissionDenials.map(({ tool_name }) => tool_name)).toEqual(['Bash', 'Write']);
  });

  it('end the run with 7 with --fail-on-denied', async () => {
    const run = await sluiceHere(
      ['--fail-on-denied', '--bundle', 'b.json', 'hi'],
      await livingThrough(denied, 'denied'),
    );
    expect(run).toMatchObject({ exitCode: 7, stdout: expect.stringMatching(/\.\n$/) });
    expect(run.stderr).toMatch(/^sluice: denied: /m);
    expect(run.bundleFile('b.json').permissionDenials.map(({ tool_name }) => tool_name)).toEqual(['Bash', 'Write']);
  });
});
