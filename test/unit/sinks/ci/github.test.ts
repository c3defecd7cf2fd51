import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGithubLogSink } from '../../../../src/sinks/ci/github-log.ts';
import { githubOutputs, stepOutputs } from '../../../../src/sinks/ci/step-outputs.ts';
import { neutralise } from '../../../../src/sinks/safe-text.ts';
import type { Ending } from '../../../../src/sinks/sink.ts';
import { commandsIn, valuesIn } from '../../../support/actions-runner.ts';
import { rounds } from '../../../support/rounds.ts';
import { assistant, init, type Raw, result, user } from '../../outcome/evidence.ts';
import { event, message } from '../../stream/messages.ts';
import { crash, endingOf, memory, success } from '../endings.ts';
import { hostileText } from './hostile-texts.ts';

const OPTIONS = { workspace: '/workspace', showThinking: true };

/** What a step prints of a run. */
async function logged(messages: readonly Raw[], ending: Ending, options = OPTIONS): Promise<string> {
  const out = memory();
  const sink = createGithubLogSink(out, options);
  for (const [index, { type, ...fields }] of messages.entries()) await sink.write(event(message(type, fields), index));
  await sink.close(ending);
  return out.text();
}

const call = (id: string, command: string, name = 'Bash'): Raw =>
  assistant([{ type: 'tool_use', id, name, input: { command } }]);
const answer = (id: string, content: string, fields = {}): Raw =>
  user([{ type: 'tool_result', tool_use_id: id, content, ...fields }]);

const found = (findings: readonly object[], text = ''): Ending =>
  endingOf([init(), result({ structured_output: { findings }, result: text })]);

describe('the log of a step', () => {
  it('has a group for each call of a tool, which ends with its result', async () => {
    const text = await logged(
      [init(), assistant('I look.'), call('t1', 'ls'), answer('t1', 'a\nb\nc\nd'), assistant('Two files.')],
      success('Two files.'),
    );
    expect(text).toMatchInlineSnapshot(`
      "│ · claude-opus-4-8 · /workspace · default permissions · 2 tools · session e3c9e254-0f2e-4662-8047-6183c453dab1
      │ I look.
      ::group::● Bash ls
      │   ✓ 0 ms · a
      │     b
      │     c
      │     d
      ::endgroup::
      │ Two files.
      │ ✓ success
      │   1 turn · 1.5 s · session e3c9e254-0f2e-4662-8047-6183c453dab1
      "
    `);
  });

  it('groups calls that are under way at once, each with its own result', async () => {
    const text = await logged(
      [call('t1', 'one'), call('t2', 'two'), answer('t2', 'second'), answer('t1', 'first')],
      success(''),
    );
    expect(commandsIn(text).map(({ name, data }) => `${name} ${data}`.trim())).toEqual([
      'group ● Bash one',
      'endgroup',
      'group ● Bash two',
      'endgroup',
    ]);
    expect(text.indexOf('first')).toBeLessThan(text.indexOf('Bash two'));
  });

  it('tells below a group that its call failed, and closes one that has no end', async () => {
    const text = await logged([call('t1', 'rm x'), answer('t1', 'no such file', { is_error: true })], success());
    expect(text).toMatch(/^::endgroup::\n│ {3}✗ Bash rm x · .*no such file$/m);
    const cut = await logged([call('t1', 'sleep')], crash());
    expect(commandsIn(cut).map(({ name }) => name)).toEqual(['group', 'endgroup', 'error']);
  });

  it('has the failure of a run as its first annotation', async () => {
    const [first] = commandsIn(await logged([], crash())).filter(({ name }) => name === 'error');
    expect(first).toMatchObject({ properties: { title: 'sluice: crashed' }, data: expect.stringContaining('boom') });
  });
});

describe('annotations', () => {
  const all = { level: 'warning', message: 'It never\nends: 100%', title: 'a, b: c', file: 'src/loop.ts' };

  it.each<[string, object, Readonly<Record<string, string>>]>([
    ['a place', { line: 2, column: 3, endColumn: 9 }, { line: '2', col: '3', endColumn: '9' }],
    ['several lines, without columns', { line: 2, endLine: 4, column: 3 }, { line: '2', endLine: '4' }],
    ['an end before its beginning', { line: 4, endLine: 2 }, { line: '4' }],
    ['an end alone', { endLine: 2 }, { line: '2' }],
    ['a column alone', { column: 2 }, {}],
    ['no place', {}, {}],
  ])('have %s', async (_, place, properties) => {
    const [one] = commandsIn(await logged([], found([{ ...all, ...place }])));
    expect(one).toEqual({
      name: 'warning',
      properties: { file: 'src/loop.ts', title: 'a, b: c', ...properties },
      data: 'It never\nends: 100%',
    });
  });

  it.each([
    ['/workspace/src/a.ts', 'src/a.ts'],
    ['./src/../a.ts', 'a.ts'],
    ['..a/b.ts', '..a/b.ts'],
    ['/etc/passwd', undefined],
    ['../a.ts', undefined],
    ['src/../../a.ts', undefined],
    ['/workspace-2/a.ts', undefined],
    ['.', undefined],
    ['a\u001Bb', undefined],
    ['a\nb', undefined],
  ])('count the path %j from the workspace, or tell that it is not in there', async (file, path) => {
    const [one] = commandsIn(await logged([], found([{ ...all, file, line: 3 }])));
    expect(one?.properties['file']).toBe(path);
    expect(one?.data.includes('outside the workspace')).toBe(path === undefined);
    expect(one?.properties['line']).toBe(path === undefined ? undefined : '3');
  });

  it('count paths from the folder of the run', async () => {
    const nested = endingOf([
      init({ cwd: '/workspace/app' }),
      result({ structured_output: { findings: [all, { ...all, file: '../lib/a.ts' }] } }),
    ]);
    const files = commandsIn(await logged([], nested)).map(({ properties }) => properties['file']);
    expect(files).toEqual(['app/src/loop.ts', 'lib/a.ts']);
  });

  it('are at most ten of a level, the gravest first, and the rest is counted', async () => {
    const levels = ['notice', 'warning', 'error'] as const;
    const many = Array.from({ length: 10_000 }, (_, index) => ({ level: levels[index % 3], message: `no ${index}` }));
    const text = await logged([], found(many));
    const shown = commandsIn(text).map(({ name }) => name);
    expect(shown).toEqual(['error', 'warning', 'notice'].flatMap((name) => Array.from({ length: 10 }, () => name)));
    expect(text).toContain('│ 9,970 more findings: the summary of this step counts them all\n');
    expect(text.length).toBeLessThan(10_000);
  });
});

describe('the outputs of a step', () => {
  it('are read back as they were', () => {
    const ending = endingOf([init(), result({ result: 'a\nb=c\n<<d\r\n', total_cost_usd: 0.25 })]);
    const values = stepOutputs(ending, '/workspace', '/workspace/b.json');
    expect(values).toMatchObject({ outcome: 'success', exitCode: '0', cost: '0.25', bundle: '/workspace/b.json' });
    expect(Object.fromEntries(valuesIn(githubOutputs(values)))).toEqual(values);
  });

  it('have a long result clipped, and told', () => {
    const { result: told } = stepOutputs(success('x'.repeat(3_000_000)), '/', null);
    expect(told).toHaveLength(200_000 + '\n[200,000 of 3,000,000 characters; the bundle has them all]'.length);
  });

  it('have the JSON of an answer that is nothing else', () => {
    expect(stepOutputs(found([]), '/', null)).toMatchObject({ result: '{"findings":[]}', findings: '0' });
  });
});

describe('ten thousand texts of a model', () => {
  const texts = fc.array(hostileText, { minLength: 10, maxLength: 10 });

  it('would set off some, printed as they are', () => {
    const forged = fc.sample(hostileText, 10_000).filter((text) => commandsIn(text).length > 0);
    expect(forged.length).toBeGreaterThan(1000);
  });

  it('set off no command of the runner, wherever they stand', async () => {
    await fc.assert(
      fc.asyncProperty(
        texts,
        async ([a = '', b = '', c = '', d = '', e = '', f = '', g = '', h = '', i = '', j = '']) => {
          const findings = [
            { level: 'error', message: `m${f}`, title: g, rule: h, file: `a${i}`, line: 1 },
            { level: 'notice', message: `m${j}` },
          ];
          const ending = endingOf([init(), result({ structured_output: { findings }, result: d })], { remarks: [e] });
          const messages = [
            assistant([{ type: 'thinking', thinking: a }]),
            assistant(a),
            call('t1', b, `Bash${c}`),
            answer('t1', d, { is_error: d.length % 2 === 0 }),
            assistant(e, { parent_tool_use_id: 't1' }),
          ];
          const heard = commandsIn(await logged(messages, ending));
          expect(heard.map(({ name }) => name)).toEqual(['group', 'endgroup', 'error', 'notice']);
          const [, , error, notice] = heard;
          expect(
            Object.keys(error?.properties ?? {}).filter((name) => !['file', 'line', 'title'].includes(name)),
          ).toEqual([]);
          expect(notice).toMatchObject({ properties: {} });
          // What is told is what was said, but for what would act.
          expect(withoutDots(notice?.data)).toBe(withoutDots(neutralise(`m${j}`)));
        },
      ),
      { numRuns: rounds(150) },
    );
  });

  it('set no output, but the one that they are', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const ending = endingOf([init(), result({ result: text, structured_output: { findings: [] } })]);
        const values = { ...stepOutputs(ending, '/workspace', null), result: text };
        expect(valuesIn(githubOutputs(values))).toEqual(Object.entries(values));
      }),
      { numRuns: rounds(1000) },
    );
  });
});

/** The sign that stands where a command was broken. */
function withoutDots(text = ''): string {
  return text.replaceAll('·', '');
}
