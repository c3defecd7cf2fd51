import { worded } from '../../../src/errors.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Handshake, type Question, shakeHands } from '../../../src/claude/handshake.ts';
import { questionsFor } from '../../../src/claude/questions.ts';
import { recognise } from '../../../src/messages/recognise.ts';
import type { Raw } from '../outcome/evidence.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const about = (subtype: string, objection: string | null = null): Question => ({
  request: { subtype },
  objection: () => objection,
});

function begin(...questions: readonly Question[]): { handshake: Handshake; asked: string[]; told: string[] } {
  const [asked, told]: [string[], string[]] = [[], []];
  const ask = ({ subtype }: Question['request']): string => (asked.push(subtype), subtype);
  const handshake = shakeHands(questions, ask, (reason) => told.push(worded(reason)));
  return { handshake, asked, told };
}

const answer = (request_id: string, fields: object = { subtype: 'success' }) => {
  const raw: Raw = { type: 'control_response', response: { request_id, ...fields } };
  return recognise(raw);
};

describe('the handshake', () => {
  it('puts all questions at once, and holds the prompt until all are answered', () => {
    const { handshake, asked, told } = begin(about('one'), about('two'));
    const go = vi.fn<() => void>();
    expect(asked).toEqual(['one', 'two']);
    handshake.whenSettled(go);
    handshake.see(answer('two'));
    handshake.see(answer('three'));
    expect(go).not.toHaveBeenCalled();
    handshake.see(answer('one', { subtype: 'error', error: 'unheard of' }));
    handshake.see(answer('one'));
    vi.runAllTimers();
    expect(go).toHaveBeenCalledTimes(1);
    expect(told).toEqual([]);
  });

  it('holds nothing where there is nothing to ask, or the answers came before the prompt', () => {
    const go = vi.fn<() => void>();
    begin().handshake.whenSettled(go);
    const { handshake } = begin(about('one'));
    handshake.see(answer('one'));
    handshake.whenSettled(go);
    expect(go).toHaveBeenCalledTimes(2);
  });

  it('holds the prompt for good when there is an objection', () => {
    const { handshake, told } = begin(about('one', 'better not'), about('two'));
    const go = vi.fn<() => void>();
    handshake.whenSettled(go);
    handshake.see(answer('one'));
    handshake.see(answer('two'));
    vi.runAllTimers();
    expect(told).toEqual(['better not']);
    expect(go).not.toHaveBeenCalled();
  });

  it('goes on after a while with a claude that does not answer', () => {
    const { handshake } = begin(about('one'));
    const go = vi.fn<() => void>();
    handshake.whenSettled(go);
    vi.advanceTimersByTime(14_999);
    expect(go).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(go).toHaveBeenCalledTimes(1);
  });

  it('lets go of everything at its end', () => {
    const { handshake } = begin(about('one'));
    const go = vi.fn<() => void>();
    handshake.whenSettled(go);
    handshake.end();
    handshake.see(answer('one'));
    vi.runAllTimers();
    expect(go).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('what claude is asked before the prompt', () => {
  it('is nothing, as a rule', () => {
    expect(questionsFor({ schema: true, tools: ['Read'] }, { spy: {} })).toEqual([]);
  });

  it('is whether there is the agent, with those it has to be told of', () => {
    const [question] = questionsFor({ agent: 'spy' }, { spy: {} });
    expect(question?.request).toEqual({ subtype: 'initialize', agents: { spy: {} } });
    expect(question?.objection({ agents: [{ name: 'Explore' }, { name: 'spy' }] })).toBeNull();
    expect(worded(question?.objection({ agents: [{ name: 'Explore' }] }) ?? '')).toMatch(/^agent spy: /);
    for (const odd of [undefined, null, 7, {}, { agents: 'spy' }]) expect(question?.objection(odd)).toBeNull();
    expect(worded(question?.objection({ agents: [null, 7] }) ?? '')).toMatch(/^agent spy: /);
  });
});
