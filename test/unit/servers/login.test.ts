import { describe, expect, it } from 'vitest';
import type { OutcomeClass } from '../../../src/outcome/classes.ts';
import { EXIT_CODES } from '../../../src/outcome/classes.ts';
import { type Login, watchLogin } from '../../../src/servers/login.ts';
import { readinessOf } from '../../../src/servers/readiness.ts';
import { success } from '../sinks/endings.ts';
import { endOf, queryOf } from './queries-seen.ts';

const ending = (outcome: OutcomeClass) => ({ ...success(), class: outcome, message: `it was ${outcome}` });

/** The state that each class of ending leads to, from another one. */
function statesAfter(before: OutcomeClass): Readonly<Record<string, string[]>> {
  const after: Record<string, string[]> = {};
  for (const outcome of Object.keys(EXIT_CODES) as OutcomeClass[]) {
    const { observer, login } = watchLogin();
    observer.ended(queryOf(), endOf(ending(before)));
    observer.ended(queryOf(), endOf(ending(outcome)));
    (after[login().state] ??= []).push(outcome);
  }
  return after;
}

describe('what is known of claude’s login', () => {
  it('is nothing at first, and comes of what requests came to', () => {
    const told: Login[] = [];
    const { observer, login, saw } = watchLogin((now) => void told.push(now));
    expect(login()).toEqual({ state: 'unknown' });
    observer.ended(queryOf(), endOf(ending('network')));
    expect(login().state).toBe('unknown');
    observer.ended(queryOf(), endOf(ending('success')));
    observer.ended(queryOf(), endOf(ending('auth')));
    observer.ended(queryOf(), endOf(ending('billing')));
    expect(login()).toMatchObject({ state: 'failed', reason: 'billing', message: 'it was billing' });
    saw(ending('success'));
    expect(login().state).toBe('ok');
    expect(told.map(({ state }) => state)).toEqual(['failed', 'ok']);
  });

  it('is what the last request says that says anything of it', () => {
    expect(statesAfter('auth').ok).toEqual(['success', 'refused', 'schema_unmet', 'max_turns', 'max_budget', 'denied']);
    expect(statesAfter('success').failed).toEqual(['auth', 'billing']);
  });

  it('is not what an earlier server died with', () => {
    const { observer, login } = watchLogin();
    observer.ended(queryOf(), endOf(ending('auth'), { ended: 'interrupted' }));
    observer.ended(queryOf(), { ...endOf(), ending: null });
    expect(login().state).toBe('unknown');
  });
});

describe('a server', () => {
  const since = '2026-11-30T12:00:00.000Z';
  const failed: Login = { state: 'failed', since, reason: 'auth', message: 'Invalid API key · sk-ant-…' };

  it.each<[string, Parameters<typeof readinessOf>[0], number, object]>([
    ['is ready', { isClosing: false, login: { state: 'ok', since } }, 200, { status: 'ok', login: 'ok' }],
    [
      'is ready where nothing is known',
      { isClosing: false, login: { state: 'unknown' } },
      200,
      { status: 'ok', login: 'unknown' },
    ],
    [
      'is not ready while runs cannot be looked up',
      { isClosing: false, login: { state: 'ok', since }, isConnected: false },
      503,
      { status: 'not_ready', login: 'ok', runs: 'away' },
    ],
    [
      'is not ready before it has an answer that it asked for',
      { isClosing: false, login: { state: 'unknown' }, isProbed: true },
      503,
      { status: 'not_ready', login: 'unknown' },
    ],
    [
      'is not ready where claude is not let in, and says no word of claude’s',
      { isClosing: false, login: failed },
      503,
      { status: 'not_ready', login: 'failed', reason: 'auth', since },
    ],
    ['that closes is not ready', { isClosing: true, login: { state: 'ok', since } }, 503, { status: 'closing' }],
  ])('%s', (_, input, code, body) => {
    expect(readinessOf(input)).toEqual({ code, body });
  });
});
