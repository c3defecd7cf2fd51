import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/outcome/classify.ts';
import { FAIL_ON } from '../../../src/outcome/fail-on.ts';
import { foldFacts } from '../../../src/outcome/facts.ts';
import { EXIT_CODES, INTERRUPT_EXIT_CODES, RETRYABLE } from '../../../src/outcome/classes.ts';
import { recognise } from '../../../src/messages/recognise.ts';
import type { Message } from '../../../src/messages/types.ts';
import { rounds } from '../../support/rounds.ts';
import { messagesOf, RECORDINGS } from '../../support/recordings.ts';
import { apiRetry, assistant, badLine, evidence, factsOf, init, rerun, result, system } from './evidence.ts';

/** A run that was in the middle of its work. */
const working = [init(), assistant('I am at it')];
const aborted = result({ subtype: 'error_during_execution', is_error: true, terminal_reason: 'aborted_streaming' });

describe('classify, when we stopped claude', () => {
  it.each([
    ['SIGINT', 'interrupted', 130],
    ['SIGTERM', 'interrupted', 143],
    ['SIGHUP', 'interrupted', 129],
    ['reader_gone', 'interrupted', 141],
    ['timeout', 'timeout', 124],
    ['stalled', 'stalled', 124],
    ['output_error', 'output_error', 74],
  ] as const)('by %s, says so whatever was there', (stoppedBy, outcome, exitCode) => {
    const endings = [
      evidence(working, { stoppedBy }),
      evidence(working, { stoppedBy, exit: { code: null, signal: 'SIGKILL' } }),
      evidence(working, { stoppedBy, exit: { code: 143, signal: null } }),
      evidence([...working, aborted], { stoppedBy, exit: { code: 1, signal: null } }),
      evidence([...working, badLine('torn_line')], { stoppedBy }),
      evidence([], { stoppedBy, exit: null }),
    ];
    for (const ending of endings) {
      expect(classify(ending)).toMatchObject({ class: outcome, exitCode, retryable: false, evidence: { stoppedBy } });
    }
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'timeout', 'stalled', 'lingering'] as const)(
    'by %s after a good result, leaves it a success',
    (stoppedBy) => {
      const outcome = classify(evidence([...working, result()], { stoppedBy, exit: { code: 143, signal: null } }));
      expect(outcome).toMatchObject({ class: 'success', exitCode: 0 });
    },
  );

  it('because its reader went away, is an interrupt even after a good result: nobody got it', () => {
    expect(classify(evidence([init(), result()], { stoppedBy: 'reader_gone' }))).toMatchObject({
      class: 'interrupted',
      exitCode: 141,
    });
  });

  it('for lingering, keeps the class of the result and warns', () => {
    const spent = result({ subtype: 'error_max_turns', is_error: true });
    const good = classify(evidence([init(), result()], { stoppedBy: 'lingering' }));
    const bad = classify(evidence([init(), spent], { stoppedBy: 'lingering' }));
    expect([good.class, bad.class]).toEqual(['success', 'max_turns']);
    for (const { warnings } of [good, bad]) expect(warnings.join()).toMatch(/did not exit/);
  });

  it('names the reader or the signal in its message', () => {
    expect(classify(evidence(working, { stoppedBy: 'reader_gone' })).message).toMatch(/reader/);
    expect(classify(evidence(working, { stoppedBy: 'timeout' })).message).toMatch(/\(timeout\)/);
  });

  it('calls options what the face calls them', () => {
    const nameOption = (option: string): string => `<${option}>`;
    const stopDetail = (name: typeof nameOption): string => `too long (${name('idleTimeout.api')})`;
    const aftermath = { ended: ['sleep'], kept: [], left: [], abandoned: [] };
    const stalled = classify(evidence(working, { stoppedBy: 'stalled', stopDetail, aftermath, nameOption }));
    expect(stalled.message).toBe('too long (<idleTimeout.api>)');
    expect(stalled.warnings.join()).toContain('keep such with <keepBackground>');
    const spent = result({ subtype: 'error_max_turns', is_error: true });
    expect(classify(evidence([init(), spent], { nameOption })).message).toMatch(/; raise <maxTurns> or/);
  });
});

describe('classify, when claude was kept from trying once more', () => {
  const stopped = (retry: object, messages: readonly ReturnType<typeof result>[] = [aborted]) =>
    classify(evidence([init(), apiRetry(retry), ...messages], { stoppedBy: 'hopeless' }));

  it.each([
    [401, 'auth', 4],
    [403, 'auth', 4],
    [429, 'rate_limited', 75],
    [529, 'overloaded', 75],
    [500, 'api_error', 75],
    [503, 'api_error', 75],
    [409, 'api_error', 75],
    [408, 'network', 75],
    [null, 'network', 75],
  ])('after %s, takes the class from that', (status, outcome, exitCode) => {
    const retryable = exitCode === 75;
    for (const messages of [[aborted], []]) {
      const given = stopped({ error_status: status }, messages);
      expect(given).toMatchObject({ class: outcome, exitCode, retryable });
      expect('retryAfter' in given).toBe(retryable);
    }
  });

  it('says how far away the next try was, and which options allow it', () => {
    const outcome = stopped({ error_status: 429, error: 'rate_limit', retry_delay_ms: 29_400 });
    expect(outcome.retryAfter).toBe(30);
    expect(outcome.message).toMatch(/30 s away.*retryMaxWait or timeout/);
    expect(stopped({ error_status: 401 }).message).not.toMatch(/away/);
  });

  it('prefers the end of a limit that is known', () => {
    const limit = { type: 'rate_limit_event', rate_limit_info: { status: 'rejected', resetsAt: 1_800_000_090 } };
    const messages = [init(), limit, apiRetry({ error_status: 429 }), aborted];
    const known = { stoppedBy: 'hopeless', endedAt: 1_800_000_000_000 } as const;
    expect(classify(evidence(messages, known))).toMatchObject({ class: 'rate_limited', retryAfter: 90 });
  });
});

describe('classify, when a line of the output was damaged', () => {
  const damaged = badLine('damaged_line');

  it('is no success: what was in it is missing', () => {
    for (const messages of [
      [init(), damaged, result()],
      [init(), result(), damaged],
      [init(), damaged, badLine('not_json'), result()],
    ]) {
      expect(classify(evidence(messages))).toMatchObject({
        class: 'truncated',
        exitCode: 6,
        retryable: false,
        message: expect.stringContaining('damaged'),
      });
    }
    expect(classify(evidence([init(), damaged, result()], { stoppedBy: 'lingering' })).class).toBe('truncated');
  });

  it('is a cut output where the result may have been in it', () => {
    expect(classify(evidence([init(), damaged])).class).toBe('truncated');
  });

  it('keeps the class of a failure, which it cannot make better', () => {
    const spent = result({ subtype: 'error_max_turns', is_error: true });
    expect(classify(evidence([init(), damaged, spent])).class).toBe('max_turns');
    expect(classify(evidence([init(), damaged], { stoppedBy: 'timeout' })).class).toBe('timeout');
    expect(classify(evidence([init(), damaged], { exit: { code: null, signal: 'SIGKILL' } })).class).toBe('crashed');
  });

  it('stays a success with a warning where the line was nothing of claude', () => {
    const outcome = classify(evidence([badLine('not_json'), init(), result()]));
    expect(outcome.class).toBe('success');
    expect(outcome.warnings.join()).toMatch(/1 line of claude's output/);
  });

  it('does not matter in a start that was followed by another', () => {
    const failed = result({ is_error: true, result: 'API Error: Repeated 529' });
    expect(classify(evidence([init(), damaged, failed, rerun(1), init(), result()])).class).toBe('success');
  });
});

describe('classify, when claude was cut after a good result', () => {
  const later = assistant('The background task', {}, { id: 'm2' });
  const torn = badLine('torn_line');

  it('in the middle of a line, is no success: a turn of it is missing', () => {
    for (const messages of [
      [init(), result(), torn],
      [init(), result(), init(), later, torn],
    ]) {
      expect(classify(evidence(messages))).toMatchObject({
        class: 'truncated',
        exitCode: 6,
        message: expect.stringContaining('cut after its result'),
      });
    }
  });

  it('in the middle of a turn, is none either, if it did not end well', () => {
    const messages = [init(), result(), later];
    expect(classify(evidence(messages, { exit: { code: null, signal: 'SIGKILL' } })).class).toBe('truncated');
    expect(classify(evidence(messages, { exit: { code: 1, signal: null } })).class).toBe('truncated');
    expect(classify(evidence(messages)).class).toBe('success');
    const whole = [...messages, result({ origin: { kind: 'task-notification' } })];
    expect(classify(evidence(whole, { exit: { code: 1, signal: null } })).class).toBe('success');
    const nested = [init(), result(), assistant('x', { parent_tool_use_id: 't1' })];
    expect(classify(evidence(nested, { exit: { code: 1, signal: null } })).class).toBe('success');
  });

  it('keeps the class of a failure, and a success that we cut ourselves', () => {
    const spent = result({ subtype: 'error_max_turns', is_error: true });
    expect(classify(evidence([init(), spent, torn])).class).toBe('max_turns');
    expect(classify(evidence([init(), result(), torn], { stoppedBy: 'lingering' })).class).toBe('success');
  });
});

describe('classify, when something of ours failed', () => {
  it.each(['usage', 'claude_not_found', 'output_error', 'internal'] as const)(
    'takes the code of the fault: %s',
    (code) => {
      const fault = { code, message: 'the disk is full' };
      for (const messages of [[], working, [init(), result()]]) {
        expect(classify(evidence(messages, { fault }))).toMatchObject({
          class: code,
          exitCode: EXIT_CODES[code],
          message: 'the disk is full',
        });
      }
    },
  );
});

describe('classify, with what was asked for', () => {
  const denial = { tool_name: 'Bash', tool_use_id: 't1', tool_input: {} };
  const schema = { schema: true, failOn: [] };
  const strict = { schema: false, failOn: ['denied'] } as const;

  it('warns of denied tools, and fails on them only when asked', () => {
    const denied = [init(), result({ permission_denials: [denial, denial] })];
    const lenient = classify(evidence(denied));
    expect(lenient).toMatchObject({ class: 'success', exitCode: 0 });
    expect(lenient.warnings.join()).toMatch(/2 tool calls denied \(Bash\)/);
    expect(classify(evidence(denied, { asked: strict }))).toMatchObject({ class: 'denied', exitCode: 7 });
  });

  it.each([
    ['error', ['warning', 'notice'], 'success'],
    ['warning', ['notice'], 'success'],
    ['error', ['warning', 'error'], 'findings'],
    ['warning', ['warning'], 'findings'],
    ['warning', ['notice', 'error'], 'findings'],
  ] as const)('with %s not to pass, finds %j to be %s', (failOnFindings, levels, expected) => {
    const structured = { findings: levels.map((level) => ({ level, message: 'x' })) };
    const outcome = classify(
      evidence([init(), result({ structured_output: structured })], { asked: { ...schema, failOnFindings } }),
    );
    expect(outcome).toMatchObject({ class: expected, exitCode: EXIT_CODES[expected], retryable: false });
  });

  it('does not let an answer pass that is no list of findings, where those are to be judged', () => {
    const answer = (structured_output: unknown) => [init(), result({ structured_output })];
    const flawed = { findings: [{ level: 'fatal', message: 'x' }] };
    expect(classify(evidence(answer(flawed), { asked: { ...schema, findings: true } }))).toMatchObject({
      class: 'schema_unmet',
      message:
        'the answer is no list of findings: findings[0].level: expected one of error, warning, notice; ask for one with findings',
    });
    const judged = { ...schema, failOnFindings: 'error' } as const;
    expect(classify(evidence(answer({ verdict: 'approve' }), { asked: judged })).class).toBe('schema_unmet');
    expect(classify(evidence(answer(flawed), { asked: schema })).class).toBe('success');
  });

  it('tells how many there are of what was found', () => {
    const structured = { findings: ['error', 'warning', 'error'].map((level) => ({ level, message: 'x' })) };
    const asked = { ...schema, failOnFindings: 'error' } as const;
    const outcome = classify(evidence([init(), result({ structured_output: structured })], { asked }));
    expect(outcome.message).toBe('2 errors, 1 warning found; failOnFindings lets none of it pass');
  });

  it('takes a permission_denied message for a denial too', () => {
    const told = system('permission_denied', { tool_name: 'Bash', tool_use_id: 't1', message: 'no' });
    const messages = [init(), told, result({ permission_denials: [] })];
    expect(classify(evidence(messages, { asked: strict })).class).toBe('denied');
  });

  it('does not fail on denials that there were not, nor hides another failure behind them', () => {
    expect(classify(evidence([init(), result({ permission_denials: [] })], { asked: strict })).class).toBe('success');
    const spent = result({ subtype: 'error_max_turns', is_error: true, permission_denials: [denial] });
    expect(classify(evidence([init(), spent], { asked: strict })).class).toBe('max_turns');
  });

  it('takes a schema that was asked for and not met for a failure, though claude says success', () => {
    expect(classify(evidence([init(), result()], { asked: schema }))).toMatchObject({
      class: 'schema_unmet',
      exitCode: 1,
    });
  });

  it.each([[null], [0], [''], [false], [{ name: 'Ada' }]])('takes %j for structured output', (value) => {
    const messages = [init(), result({ structured_output: value })];
    expect(classify(evidence(messages, { asked: schema })).class).toBe('success');
  });
});

describe('classify, without a result', () => {
  it.each([
    ['SIGINT', { code: null, signal: 'SIGINT' }, 130],
    ['SIGTERM', { code: null, signal: 'SIGTERM' }, 143],
    ['SIGHUP', { code: null, signal: 'SIGHUP' }, 129],
    ['exit code 130', { code: 130, signal: null }, 130],
    ['exit code 143', { code: 143, signal: null }, 143],
    ['exit code 129', { code: 129, signal: null }, 129],
  ])('knows a foreign %s', (_, exit, exitCode) => {
    expect(classify(evidence(working, { exit }))).toMatchObject({ class: 'interrupted', exitCode });
  });

  it.each(['SIGKILL', 'SIGSEGV', 'SIGABRT'])('calls %s a crash, with a torn line too', (signal) => {
    const exit = { code: null, signal };
    expect(classify(evidence(working, { exit }))).toMatchObject({ class: 'crashed', exitCode: 6 });
    expect(classify(evidence([...working, badLine('torn_line')], { exit })).class).toBe('crashed');
  });

  it('calls a torn line a cut output, also with exit code 0', () => {
    const outcome = classify(evidence([...working, badLine('torn_line')]));
    expect(outcome).toMatchObject({ class: 'truncated', exitCode: 6, evidence: { tornTail: true } });
  });

  it('calls exit code 0 without a result a crash', () => {
    expect(classify(evidence(working)).class).toBe('crashed');
    // Not even a first line: that was no claude.
    expect(classify(evidence([])).class).toBe('claude_not_found');
  });

  it('takes what was started for no claude when it prints other things', () => {
    expect(classify(evidence([badLine('not_json'), badLine('not_json')]))).toMatchObject({
      class: 'claude_not_found',
      exitCode: 3,
    });
  });

  it('takes a claude that does not know our flags for one that cannot be used', () => {
    const exit = { code: 1, signal: null };
    const stderr = "error: unknown option '--input-format=stream-json'\n";
    expect(classify(evidence([], { exit, stderr })).class).toBe('claude_not_found');
    const theirs = "error: unknown option '--no-such-flag'\n";
    expect(classify(evidence([], { exit, stderr: theirs }))).toMatchObject({ class: 'usage', exitCode: 2 });
    expect(classify(evidence([], { exit, stderr: theirs })).message).toContain('--no-such-flag');
  });

  it('takes a stack trace for a crash, though it says Error', () => {
    const stderr = 'Error: boom\n    at main (file:///x.js:1:2)\nNode.js v20.20.2\n';
    expect(classify(evidence([], { exit: { code: 1, signal: null }, stderr })).class).toBe('crashed');
  });

  it('takes an error on stderr after the start for a crash', () => {
    const stderr = 'Error: MCP tool mcp__x__y not found\n';
    expect(classify(evidence(working, { exit: { code: 1, signal: null }, stderr })).class).toBe('crashed');
  });
});

describe('classify, and the wait before another try', () => {
  const limited = (fields: object = {}) =>
    result({ is_error: true, api_error_status: 429, result: "You've hit your session limit", ...fields });
  const limit = (info: object) => ({ type: 'rate_limit_event', rate_limit_info: info });
  const endedAt = 1_800_000_000_000;

  it('counts from the end of the run to the reset', () => {
    const messages = [init(), limit({ status: 'rejected', resetsAt: 1_800_000_090 }), limited()];
    expect(classify(evidence(messages, { endedAt }))).toMatchObject({
      class: 'rate_limited',
      exitCode: 75,
      retryable: true,
      retryAfter: 90,
    });
  });

  it('is nothing when the reset is past, and unknown when nobody told', () => {
    const past = [limit({ status: 'rejected', resetsAt: 1_799_999_999 }), limited()];
    expect(classify(evidence(past, { endedAt })).retryAfter).toBe(0);
    const unknown = [limit({ status: 'rejected' }), limited()];
    expect(classify(evidence(unknown, { endedAt }))).not.toHaveProperty('retryAfter');
    const warned = [limit({ status: 'allowed_warning', resetsAt: 1_800_000_090 }), limited()];
    expect(classify(evidence(warned, { endedAt }))).not.toHaveProperty('retryAfter');
  });

  it('is not told with what no other try helps', () => {
    const messages = [limit({ status: 'rejected', resetsAt: 1_800_000_090 }), result()];
    const outcome = classify(evidence(messages, { endedAt }));
    expect(outcome.retryable).toBe(false);
    expect(outcome).not.toHaveProperty('retryAfter');
  });
});

describe('classify, with results in odd places', () => {
  const notified = (fields: object = {}) => result({ origin: { kind: 'task-notification' }, ...fields });

  it("does not let a background task's result stand for the answer", () => {
    const failed = result({ subtype: 'error_max_turns', is_error: true });
    expect(classify(evidence([init(), failed, notified()])).class).toBe('max_turns');
    expect(classify(evidence([init(), result(), notified({ is_error: true, subtype: 'error_max_turns' })])).class).toBe(
      'success',
    );
  });

  it('takes the last one when background tasks caused them all', () => {
    const messages = [init(), notified({ subtype: 'error_max_turns', is_error: true }), notified()];
    expect(classify(evidence(messages)).class).toBe('success');
  });

  it('takes a result of a new kind for a failure', () => {
    expect(classify(evidence([init(), result({ subtype: 'error_moon_phase' })])).class).toBe('failed');
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('is not fooled by the word %s', (word) => {
    const outcomes = [
      classify(evidence([init(), result({ subtype: word })])),
      classify(evidence([init(), result({ terminal_reason: word, is_error: true })])),
    ];
    expect(outcomes.map((outcome) => outcome.class)).toEqual(['failed', 'failed']);
  });

  it.each([
    ['with an odd field', { permission_denials: null }, 'success'],
    ['of an error, with an odd field', { is_error: true, usage: 'much', api_error_status: 401 }, 'auth'],
    ['that does not say whether it is an error', { is_error: undefined }, 'failed'],
    ['that does not say it well', { is_error: 'no' }, 'failed'],
    ['without a kind', { subtype: undefined }, 'failed'],
  ])('makes the best of a result %s', (_, fields, outcome) => {
    expect(classify(evidence([init(), result(fields)])).class).toBe(outcome);
  });

  it('warns of an exit code that does not fit a good result', () => {
    const { warnings } = classify(evidence([init(), result()], { exit: { code: 1, signal: null } }));
    expect(warnings.join()).toMatch(/exit code 1/);
  });

  it('tells no diagnostic of claude that no person understands', () => {
    const errors = ['[ede_diagnostic] result_type=user last_content_type=n/a', 'Something broke'];
    const failed = result({ subtype: 'error_during_execution', is_error: true, errors, result: undefined });
    expect(classify(evidence([init(), failed])).message).toBe('Something broke');
  });
});

describe('classify, on anything at all', () => {
  const exits = fc.constantFrom(
    null,
    { code: 0, signal: null },
    { code: 1, signal: null },
    { code: 143, signal: null },
    { code: null, signal: 'SIGKILL' },
  );
  const stops = fc.constantFrom(null, 'SIGINT', 'timeout', 'lingering', 'reader_gone', 'output_error', 'stalled');

  it('never throws, never flatters, and gives a whole outcome', async () => {
    const real = (await Promise.all(RECORDINGS.map(messagesOf))).flat();
    const mutated = fc
      .tuple(fc.constantFrom(...real), fc.array(fc.tuple(fc.nat(200), fc.jsonValue({ maxDepth: 2 })), { maxLength: 2 }))
      .map(([message, changes]) => changes.reduce((changed, [at, value]) => withChange(changed, at, value), message));
    const made = fc
      .record({
        type: fc.constantFrom('result', 'assistant', 'user', 'system', 'stream_event', 'sluice', 'rate_limit_event'),
        subtype: fc.option(fc.constantFrom('success', 'init', 'error_max_turns', 'api_retry'), { nil: undefined }),
        is_error: fc.boolean(),
        result: fc.string(),
        message: fc.jsonValue({ maxDepth: 3 }),
        event: fc.jsonValue({ maxDepth: 2 }),
      })
      .map((value) => recognise(value));
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 3, arbitrary: mutated }, made), { maxLength: 12 }),
        exits,
        stops,
        fc.string(),
        fc.boolean(),
        (messages, exit, stoppedBy, stderr, asked) => {
          const fold = foldFacts();
          for (const message of messages) fold.see(message);
          const facts = fold.facts();
          const outcome = classify({
            ...evidence([], { exit, stoppedBy, stderr, asked: { schema: asked, failOn: asked ? FAIL_ON : [] } }),
            facts,
          });
          expect(Object.keys(EXIT_CODES)).toContain(outcome.class);
          expect(outcome.retryable).toBe(RETRYABLE.has(outcome.class));
          expect([EXIT_CODES[outcome.class], ...Object.values(INTERRUPT_EXIT_CODES)]).toContain(outcome.exitCode);
          expect(outcome.message).toMatch(/^.+$/);
          expect(outcome.exitCode === 0).toBe(outcome.class === 'success');
          const mayBeGood = messages.some(
            (message) => message.type === 'result' && 'is_error' in message && message.is_error === false,
          );
          expect(mayBeGood || outcome.class !== 'success').toBe(true);
        },
      ),
      { numRuns: rounds(150) },
    );
  });

  it('gives the same outcome for the same evidence', () => {
    const given = evidence([init(), result()]);
    expect(classify(given)).toEqual(classify(given));
    expect(factsOf([init(), result()])).toEqual(given.facts);
  });
});

/** Puts a value in place of one field, anywhere in a message. */
function withChange(message: Message, at: number, value: unknown): Message {
  const copy: { type: string } = structuredClone({ ...message });
  const places: { holder: object; key: string }[] = [];
  collectPlaces(copy, places);
  const place = places[at % Math.max(1, places.length)];
  if (place !== undefined) Reflect.set(place.holder, place.key, value);
  return typeof copy.type === 'string' ? recognise(copy) : message;
}

function collectPlaces(holder: object, places: { holder: object; key: string }[]): void {
  for (const [key, value] of Object.entries(holder)) {
    places.push({ holder, key });
    if (typeof value === 'object' && value !== null) collectPlaces(value, places);
  }
}
