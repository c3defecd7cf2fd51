import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/batch/decide.ts';
import { createGovernor } from '../../../src/batch/governor.ts';
import type { Known } from '../../../src/batch/journal/known.ts';
import { judge } from '../../../src/batch/verdict.ts';
import type { OutcomeClass } from '../../../src/outcome/classes.ts';
import { mayWrite, TOOL_NAMES } from '../../../src/messages/tool-names.ts';
import { ended, item } from './batches.ts';

describe('what becomes of an item whose run has ended', () => {
  const verdictOn = (as: OutcomeClass, tool: string | null = null, own: readonly string[] = [], triesLeft = 1) =>
    judge({ report: ended(as), tool, own, triesLeft });

  it.each<[OutcomeClass, string, string]>([
    ['success', 'done', 'done'],
    ['findings', 'done', 'done'],
    ['failed', 'failed', 'failed'],
    ['max_turns', 'failed', 'failed'],
    ['crashed', 'failed', 'uncertain'],
    ['truncated', 'failed', 'uncertain'],
    ['timeout', 'failed', 'uncertain'],
    ['stalled', 'failed', 'uncertain'],
    ['interrupted', 'open', 'uncertain'],
    ['auth', 'open', 'uncertain'],
    ['billing', 'open', 'uncertain'],
    ['network', 'again', 'uncertain'],
    ['overloaded', 'again', 'uncertain'],
    ['rate_limited', 'again', 'uncertain'],
  ])('%s: %s where it wrote nothing, else %s', (as, untouched, touched) => {
    const said = (tool: string | null): string => {
      const verdict = verdictOn(as, tool);
      return verdict.next === 'again' ? 'again' : verdict.state;
    };
    expect([said(null), said('Bash')]).toEqual([untouched, touched]);
  });

  it('what all others would meet is told from what an item asks for itself', () => {
    const noModel = ended('invalid_request', { evidence: { ...ended().outcome.evidence, apiErrorStatus: 404 } });
    const isHopeless = (own: readonly string[]) => {
      const verdict = judge({ report: noModel, tool: null, own, triesLeft: 0 });
      return verdict.next === 'leave' && verdict.isHopeless;
    };
    expect([isHopeless([]), isHopeless(['model'])]).toEqual([true, false]);
    expect(verdictOn('usage')).toMatchObject({ state: 'open', isHopeless: true });
    expect(verdictOn('usage', null, ['tools'])).toMatchObject({ state: 'failed', isHopeless: false });
  });

  it("the user's budget is everybody's, claude's own limit the item's", () => {
    const { evidence } = ended().outcome;
    const overBudget = (resultSubtype: string | null) =>
      judge({
        report: ended('max_budget', { evidence: { ...evidence, resultSubtype } }),
        tool: null,
        own: [],
        triesLeft: 1,
      });
    expect(overBudget(null)).toMatchObject({ state: 'open', isHopeless: true });
    expect(overBudget('error_max_budget_usd')).toMatchObject({ state: 'failed', isHopeless: false });
  });

  it('a last try that fails for the moment is a failure', () => {
    expect(verdictOn('network', null, [], 0)).toMatchObject({ next: 'leave', state: 'failed' });
  });
});

describe('what is done about an item', () => {
  const known = (fields: Partial<Known>): Known => ({ state: 'done', isAnswered: true, ...fields });
  const decided = (of: Known | undefined, keeps = false, again = { failed: false, uncertain: false }) => {
    const decision = decide(item('a'), of, { keeps: () => keeps }, again);
    return decision.next === 'run' ? 'run' : decision.as;
  };

  it('goes by its result, and then by how its last run ended', () => {
    expect(decided(undefined)).toBe('run');
    expect(decided(undefined, true)).toBe('recovered');
    expect(decided(known({}), true)).toBe('done');
    expect(decided(known({ state: 'open' }))).toBe('run');
    expect(decided(known({ state: 'failed', class: 'failed' }))).toBe('failed');
    expect(decided(known({ state: 'failed', class: 'network' }))).toBe('run');
    expect(decided(known({ state: 'uncertain' }))).toBe('uncertain');
  });

  it('a result that somebody took away is made again, unless its run may have written', () => {
    expect(decided(known({}))).toBe('run');
    expect(decided(known({ tool: 'Edit' }))).toBe('uncertain');
    expect(decided(known({ tool: 'Edit' }), false, { failed: false, uncertain: true })).toBe('run');
  });
});

describe('the pace', () => {
  it('halves once a moment, and comes back a little with each success', () => {
    const governor = createGovernor(8);
    for (const now of [0, 1, 4_999]) governor.slow(now);
    expect(governor.limit).toBe(4);
    for (let times = 0; times < 5; times++) governor.slow(10_000 + 5_000 * times);
    expect(governor.limit).toBe(1);
    for (let times = 0; times < 100; times++) governor.succeed();
    expect(governor.limit).toBe(8);
  });

  it('lets none begin in a pause, nor more than there may be', () => {
    const governor = createGovernor(2);
    expect([governor.hasRoom(1, 0), governor.hasRoom(2, 0)]).toEqual([true, false]);
    governor.pause(100);
    governor.pause(50);
    expect([governor.hasRoom(0, 99), governor.hasRoom(0, 100)]).toEqual([false, true]);
  });
});

it('a tool may write unless it is known not to', () => {
  expect(['Read', 'Glob', 'Grep', 'LS', 'WebFetch', 'WebSearch', 'TodoWrite', 'Task'].filter(mayWrite)).toEqual([]);
  expect(['Bash', 'Edit', 'Write', 'mcp__db__query', 'NewTool', 'TaskStop'].filter((tool) => !mayWrite(tool))).toEqual(
    [],
  );
  expect(TOOL_NAMES.filter((tool) => !mayWrite(tool)).length).toBeGreaterThan(20);
});
