import { describe, expect, it } from 'vitest';
import { deniedCount, foldFacts } from '../../../src/outcome/facts.ts';
import { recognise } from '../../../src/messages/recognise.ts';
import { addModelUsage } from '../../../src/outcome/token-usage.ts';
import { evidenceOf } from '../../support/recordings.ts';
import {
  apiRetry,
  assistant,
  badLine,
  factsOf,
  init,
  rerun,
  result,
  SESSION,
  system,
  toolResult,
  toolUse,
  user,
} from './evidence.ts';

const tokens = (input: number, output: number) => ({ input_tokens: input, output_tokens: output });
const retry = (attempt: number) => apiRetry({ attempt });

describe('foldFacts', () => {
  it('counts calls and errors by tool, subagents included', () => {
    const { tools } = factsOf([
      assistant([toolUse('t1', 'Bash'), toolUse('t2', 'Read')]),
      user([toolResult('t2'), toolResult('t1', true)]),
      assistant([toolUse('t3', 'Bash')], { parent_tool_use_id: 'toolu_1' }),
      user([toolResult('t3')], { parent_tool_use_id: 'toolu_1' }),
    ]);
    expect(tools).toEqual([
      { name: 'Bash', calls: 2, errors: 1 },
      { name: 'Read', calls: 1, errors: 0 },
    ]);
  });

  it('counts tools that the API runs itself, and MCP servers that it calls', () => {
    const { tools } = factsOf([
      assistant([
        { type: 'server_tool_use', id: 's1', name: 'web_search', input: { query: 'x' } },
        { type: 'web_search_tool_result', tool_use_id: 's1', content: [{ type: 'web_search_result', title: 'X' }] },
        { type: 'server_tool_use', id: 's2', name: 'web_search', input: { query: 'y' } },
        {
          type: 'web_search_tool_result',
          tool_use_id: 's2',
          content: { type: 'web_search_tool_result_error', error_code: 'max_uses_exceeded' },
        },
        { type: 'mcp_tool_use', id: 'm1', name: 'find', server_name: 'jira', input: {} },
        { type: 'mcp_tool_result', tool_use_id: 'm1', is_error: true, content: [] },
      ]),
    ]);
    expect(tools).toEqual([
      { name: 'web_search', calls: 2, errors: 1 },
      { name: 'find', calls: 1, errors: 1 },
    ]);
  });

  it('counts a call whose result never came, and no result without a call', () => {
    const { tools } = factsOf([user([toolResult('ghost', true)]), assistant([toolUse('t1', 'Bash')]), user('text')]);
    expect(tools).toEqual([{ name: 'Bash', calls: 1, errors: 0 }]);
  });

  it('counts one error for a result that is told twice', () => {
    const { tools } = factsOf([
      assistant([toolUse('t1', 'Bash')]),
      user([toolResult('t1', true)]),
      user([toolResult('t1', true)]),
    ]);
    expect(tools).toEqual([{ name: 'Bash', calls: 1, errors: 1 }]);
  });

  it('counts a tool that is called like something of Object', () => {
    expect(factsOf([assistant([toolUse('t1', '__proto__'), toolUse('t2', 'constructor')])]).tools).toEqual([
      { name: '__proto__', calls: 1, errors: 0 },
      { name: 'constructor', calls: 1, errors: 0 },
    ]);
  });

  it("takes usage from the results, and adds up those of background tasks' turns", () => {
    const { usage } = factsOf([
      assistant('x', {}, { usage: tokens(999, 999) }),
      result({ usage: { ...tokens(24, 40), cache_read_input_tokens: 5, cache_creation_input_tokens: null } }),
      result({ usage: tokens(12, 20), origin: { kind: 'task-notification' } }),
    ]);
    expect(usage).toEqual({
      inputTokens: 36,
      outputTokens: 60,
      cacheReadInputTokens: 5,
      cacheCreationInputTokens: 0,
    });
  });

  it('adds usage up by message where there is no result, each message once', () => {
    const { usage } = factsOf([
      assistant('a', {}, { id: 'm1', usage: tokens(10, 1) }),
      assistant('b', {}, { id: 'm1', usage: tokens(10, 7) }),
      assistant('c', {}, { id: 'm2', usage: tokens(100, 2) }),
    ]);
    expect(usage).toMatchObject({ inputTokens: 110, outputTokens: 9 });
  });

  it('tells the whole usage of a recording with a background task', async () => {
    const { facts } = await evidenceOf('bash-bg');
    expect(facts.usage).toMatchObject({ inputTokens: 36, outputTokens: 60 });
    expect(facts.results).toBe(2);
  });

  it('keeps the newest hundred retries', () => {
    const attempts = factsOf(Array.from({ length: 250 }, (_, index) => retry(index + 1))).attempts;
    expect(attempts).toHaveLength(100);
    expect([attempts[0]?.attempt, attempts.at(-1)?.attempt]).toEqual([151, 250]);
    expect(attempts[0]).toEqual({
      by: 'claude',
      attempt: 151,
      maxRetries: 10,
      delayMs: 517.2,
      status: 529,
      error: 'overloaded',
    });
  });

  it('keeps each note once, and not without end', () => {
    const fallback = (content: string) =>
      system('model_fallback', { original_model: 'a', fallback_model: 'b', content });
    const { fallbacks } = factsOf([
      fallback('same'),
      fallback('same'),
      ...Array.from({ length: 500 }, (_, index) => fallback(`note ${index}`)),
    ]);
    expect(fallbacks[0]).toBe('same');
    expect(fallbacks.length).toBeLessThanOrEqual(100);
    expect(new Set(fallbacks).size).toBe(fallbacks.length);
  });

  it('names hooks that failed, and only those', () => {
    const hook = (name: string, outcome: string) =>
      system('hook_response', {
        hook_id: 'h',
        hook_name: name,
        hook_event: 'Stop',
        stdout: '',
        stderr: '',
        output: '',
        outcome,
      });
    expect(factsOf([hook('good', 'success'), hook('bad', 'error'), hook('bad', 'error')]).failedHooks).toEqual(['bad']);
  });

  it('counts the result that no background task caused', () => {
    const notified = result({ result: 'later', origin: { kind: 'task-notification' } });
    const own = result({ result: 'own' });
    expect(factsOf([own, notified]).result).toMatchObject({ result: 'own' });
    expect(factsOf([notified, own]).result).toMatchObject({ result: 'own' });
    expect(factsOf([own, result({ result: 'newer' })]).result).toMatchObject({ result: 'newer' });
    expect(factsOf([notified, result({ result: 'last', origin: { kind: 'task-notification' } })]).result).toMatchObject(
      {
        result: 'last',
      },
    );
    expect(factsOf([own, notified]).results).toBe(2);
  });

  it('counts the result that a subagent in the background brings about, which is work that was asked for', () => {
    const begun = (type: string) => system('task_started', { task_id: type, description: 'x', task_type: type });
    const over = (type: string) => system('task_notification', { task_id: type, status: 'completed', summary: 'x' });
    const notified = (text: string) => result({ result: text, origin: { kind: 'task-notification' } });
    const start = [begun('local_agent'), begun('local_bash'), result({ result: 'on its way' })];
    const back = [...start, over('local_agent'), notified('it is back')];
    expect(factsOf(back).result).toMatchObject({ result: 'it is back' });
    expect(factsOf([...back, over('local_bash'), notified('noted')]).result).toMatchObject({ result: 'it is back' });
    expect(factsOf([...start, over('local_bash'), notified('noted')]).result).toMatchObject({ result: 'on its way' });
  });

  it.each([
    ['denied', 'permission_denials', 1],
    ['denied-2.1.329', 'permission_denials and a message of its own', 1],
    ['plain', 'nothing', 0],
  ] as const)('counts the denials of %s, told by %s', async (name, _, least) => {
    const { facts } = await evidenceOf(name);
    expect(deniedCount(facts)).toBeGreaterThanOrEqual(least);
    expect(deniedCount(facts)).toBe(Math.max(facts.denials, facts.result?.permission_denials?.length ?? 0));
  });

  it('learns the session from whatever tells it first, and a new one from the newest', () => {
    expect(factsOf([{ type: 'hologram', session_id: 's1' }]).sessionId).toBe('s1');
    expect(factsOf([init(), { type: 'hologram', session_id: 's1' }]).sessionId).toBe(SESSION);
    expect(factsOf([init(), init({ session_id: 's2' })]).sessionId).toBe('s2');
    expect(factsOf([{ type: 'keep_alive' }]).sessionId).toBeNull();
  });

  it('counts messages and bad lines apart', () => {
    const lines = [badLine('not_json'), badLine('damaged_line'), { type: 'hologram' }, badLine('torn_line')];
    expect(factsOf([init(), ...lines])).toMatchObject({
      messages: 2,
      badLines: 3,
      damagedLines: 1,
      tornTail: true,
    });
  });

  it('gives facts at any time, that later messages leave alone', () => {
    const fold = foldFacts();
    fold.see(recognise(assistant([toolUse('t1', 'Bash')])));
    fold.see(recognise(retry(1)));
    const early = fold.facts();
    const copy = structuredClone(early);
    fold.see(recognise(user([toolResult('t1', true)])));
    fold.see(recognise(retry(2)));
    fold.see(recognise(result()));
    expect(early).toEqual(copy);
    expect(fold.facts().tools).toEqual([{ name: 'Bash', calls: 1, errors: 1 }]);
  });
});

describe('foldFacts, over a run that sluice started again', () => {
  const failure = (fields: object = {}) =>
    result({ is_error: true, api_error_status: 529, result: 'API Error: Repeated 529', total_cost_usd: 0, ...fields });
  const apology = assistant('API Error: Repeated 529', { error: 'overloaded' }, { model: '<synthetic>' });
  const limit = { type: 'rate_limit_event', rate_limit_info: { status: 'rejected', resetsAt: 1_800_000_090 } };
  const refusal = system('model_refusal_no_fallback', { original_model: 'a', content: 'no' });
  const block = system('informational', { content: 'x', level: 'error', prevent_continuation: true });
  const failed = [init({ session_id: 's1' }), limit, block, refusal, badLine('not_json'), apology, failure()];
  const done = [init({ session_id: 's2' }), assistant('All is well.'), result({ session_id: 's2' })];

  it('tells what came of the newest start as if there had been no other', () => {
    const { messages, turns, costUsd, attempts, retries, ...newest } = factsOf(done);
    expect([messages, turns, costUsd, attempts, retries]).toEqual([3, 1, null, [], 0]);
    expect(factsOf([...failed, rerun(1), ...done])).toMatchObject(newest);
  });

  it('knows of no result, answer or failure while it is on its way to the next', () => {
    expect(factsOf([...failed, badLine('damaged_line'), badLine('torn_line'), rerun(1)])).toMatchObject({
      result: null,
      last: null,
      results: 0,
      answer: '',
      notice: '',
      apiError: null,
      apiStatus: null,
      limitResetsAt: null,
      blocked: false,
      refused: false,
      badLines: 0,
      damagedLines: 0,
      tornTail: false,
      init: { session_id: 's1' },
      sessionId: SESSION,
      messages: 6,
    });
  });

  it('keeps a partial text of a failed start out of the answer', () => {
    expect(factsOf([init(), assistant('Half an ans'), rerun(1), ...done]).answer).toBe('All is well.');
  });

  it("holds the retries of both, claude's and ours, in order", () => {
    const { attempts, retries } = factsOf([apiRetry(), apiRetry({ attempt: 2 }), rerun(1), apiRetry(), rerun(2)]);
    expect(attempts.map(({ by, attempt }) => [by, attempt])).toEqual([
      ['claude', 1],
      ['claude', 2],
      ['sluice', 1],
      ['claude', 1],
      ['sluice', 2],
    ]);
    expect(attempts[2]).toEqual(rerun(1).retry);
    expect(retries).toBe(5);
  });

  it('counts retries beyond those that it keeps', () => {
    expect(factsOf(Array.from({ length: 250 }, () => apiRetry())).retries).toBe(250);
  });

  it('adds up tokens, cost and turns, from results and where there was none from messages', () => {
    const model = (inputTokens: number, costUSD: number) => ({
      modelUsage: { opus: { inputTokens, costUSD, contextWindow: 1_000_000, maxOutputTokens: 64_000 } },
    });
    const facts = factsOf([
      failure({ usage: tokens(10, 1), total_cost_usd: 0.25, ...model(10, 0.25) }),
      rerun(1),
      assistant('a', {}, { id: 'm1', usage: tokens(100, 2) }),
      rerun(2),
      assistant('a', {}, { id: 'm1', usage: tokens(999, 999) }),
      result({ usage: tokens(1000, 3), total_cost_usd: 0.5, num_turns: 2, ...model(1000, 0.5) }),
    ]);
    expect(facts.usage).toMatchObject({ inputTokens: 1110, outputTokens: 6 });
    expect(facts).toMatchObject({ costUsd: 0.75, turns: 3, modelUsage: model(1010, 0.75).modelUsage });
  });

  it('leaves out of costs what binary fractions leave at their ends', () => {
    expect(factsOf([init(), result({ total_cost_usd: 0.0005600000000000001 })]).costUsd).toBe(0.00056);
    const twice = [result({ total_cost_usd: 0.1 }), rerun(1), result({ total_cost_usd: 0.2 })];
    expect(factsOf(twice).costUsd).toBe(0.3);
  });

  it('knows no cost where none was told', () => {
    expect(factsOf([init(), rerun(1), init()]).costUsd).toBeNull();
    expect(factsOf([result({ total_cost_usd: 0.25 }), rerun(1), init()]).costUsd).toBe(0.25);
  });
});

describe('addModelUsage', () => {
  it('adds counts up by model and takes the rest as it is now', () => {
    const first = {
      a: { outputTokens: 1, webSearchRequests: 2, maxOutputTokens: 8, provider: 'x' },
      b: { costUSD: 1 },
    };
    const second = { a: { outputTokens: 4, thinkingTokens: 1, maxOutputTokens: 9 }, c: { costUSD: 2 } };
    expect(addModelUsage(first, second)).toEqual({
      a: { outputTokens: 5, thinkingTokens: 1, webSearchRequests: 2, maxOutputTokens: 9, provider: 'x' },
      b: { costUSD: 1 },
      c: { costUSD: 2 },
    });
  });

  it('survives what is no usage', () => {
    expect(addModelUsage({ a: null, b: 'x', c: { costUSD: 1 } }, { a: { costUSD: 1 }, b: 2, c: null })).toEqual({
      a: { costUSD: 1 },
      b: 2,
      c: null,
    });
  });
});
