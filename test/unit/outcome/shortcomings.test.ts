import { describe, expect, it } from 'vitest';
import { flagName } from '../../../src/cli/settings/flag-name.ts';
import { classify } from '../../../src/outcome/classify.ts';
import type { Evidence } from '../../../src/outcome/evidence.ts';
import { FAIL_ON, type FailOn, failOnOf } from '../../../src/outcome/fail-on.ts';
import { assistant, evidence, init, type Raw, result, toolResult, user } from './evidence.ts';

const asked = { schema: false, failOn: [] };
const call = (name: string, input: object, failed = false): Raw[] => [
  assistant([{ type: 'tool_use', id: 't', name, input }]),
  user([toolResult('t', failed)]),
];
const aftermath = { ended: [], kept: [], left: [], abandoned: ['the build'] };

function judge(messages: readonly Raw[], known: Partial<Omit<Evidence, 'facts'>> = {}) {
  return classify(evidence([init(), ...messages, result()], { nameOption: flagName, asked, ...known }));
}

describe('what a run with an answer did not do', () => {
  it.each<[string, readonly Raw[], Partial<Omit<Evidence, 'facts'>>, FailOn, RegExp]>([
    [
      'work that was cut short',
      [],
      { aftermath },
      'incomplete',
      /^1 background task cut short \(the build\); wait with/,
    ],
    [
      'a wake-up that cannot come',
      call('ScheduleWakeup', { delaySeconds: 60, reason: 'the deploy' }),
      {},
      'incomplete',
      /^claude planned to wake up later \(the deploy\)/,
    ],
    ['a schedule', call('CronCreate', { cron: '* * * * *', prompt: 'look again' }), {}, 'incomplete', /\(look again\)/],
    [
      'a question that found nobody',
      call('AskUserQuestion', { questions: [{ question: 'Which\none?' }] }, true),
      {},
      'question',
      /^1 question found nobody to answer \(Which one\?\)$/,
    ],
    [
      'a question of an MCP server',
      [{ type: 'control_request', request_id: 'r', request: { subtype: 'elicitation', message: 'Your name?' } }],
      {},
      'question',
      /\(Your name\?\)$/,
    ],
  ])('%s: is a warning, and a failure where it is asked for', (_, messages, known, on, text) => {
    expect(judge(messages, known)).toMatchObject({ class: 'success', warnings: [expect.stringMatching(text)] });
    const failing = (failOn: readonly FailOn[]) => judge(messages, { ...known, asked: { ...asked, failOn } });
    expect(failing([on])).toMatchObject({ class: 'incomplete', exitCode: 7, retryable: false, warnings: [] });
    expect(failing([on]).message).toMatch(text);
    expect(failing(FAIL_ON.filter((other) => other !== on)).class).toBe('success');
  });

  it('is nothing where a wake-up was called off, a schedule is kept or removed, or a question was answered', () => {
    for (const messages of [
      [...call('ScheduleWakeup', { reason: 'x' }), ...call('ScheduleWakeup', { stop: true })],
      call('CronCreate', { durable: true, prompt: 'x' }),
      [...call('CronCreate', { prompt: 'x' }), ...call('CronDelete', { id: '1' })],
      call('ScheduleWakeup', { reason: 'x' }, true),
      call('AskUserQuestion', { questions: [] }),
    ])
      expect(judge(messages).warnings).toEqual([]);
  });

  it('takes --fail-on-denied for the short form that it is', () => {
    expect(failOnOf({ failOnDenied: true, failOn: ['question'] })).toEqual(['question', 'denied']);
    expect(failOnOf({})).toEqual([]);
  });
});

describe('MCP servers that are not to be done without', () => {
  const requiring = (requireMcp: string[]) => ({ asked: { ...asked, requireMcp } });

  it('make a run incomplete that was stopped for one', () => {
    const stopped = { stoppedBy: 'server_missing', stopDetail: '--require-mcp: MCP server db did not start' } as const;
    for (const messages of [[], [init()], [init(), result()]]) {
      expect(classify(evidence(messages, stopped))).toMatchObject({
        class: 'incomplete',
        exitCode: 7,
        message: '--require-mcp: MCP server db did not start',
      });
    }
  });

  it('make a run incomplete that claude went through without one', () => {
    const given = [{ name: 'db', by: 'mcpConfig', flaw: 'it has no command', isRepeated: false }];
    expect(judge([], { ...requiring(['all']), servers: { heard: [], given } })).toMatchObject({
      class: 'incomplete',
      message: '--require-mcp: MCP server db was ignored: it has no command',
    });
    const heard = [{ name: 'db', status: 'connected' }];
    expect(judge([], { ...requiring(['all', 'db']), servers: { heard, given } }).class).toBe('success');
  });
});
