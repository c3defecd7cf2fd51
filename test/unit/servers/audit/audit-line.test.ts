import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskOf } from '../../../../src/secrets/mask.ts';
import { createRedactor } from '../../../../src/secrets/redactor.ts';
import { auditLine, callbackLine } from '../../../../src/servers/audit/audit-line.ts';
import type { QueryRequest } from '../../../../src/request/query-schema.ts';
import { Refusal } from '../../../../src/servers/refusal.ts';
import type { Query, QueryEnd } from '../../../../src/servers/observer.ts';
import { escapeJson } from '../../../../src/sinks/safe-text.ts';
import { assistant, init, result } from '../../outcome/evidence.ts';
import { endingOf, success } from '../../sinks/endings.ts';
import { endOf, queryOf, refusedWith } from '../queries-seen.ts';

const plainly = { prompts: false, mask: (text: string): string => text };

const asJson = (query: Query, end: QueryEnd, options = plainly): unknown =>
  JSON.parse(escapeJson(auditLine(query, end, options)));

it('the line of a callback says whom it was for, and what came of it, without secrets', () => {
  const mask = maskOf(createRedactor({ env: {} }));
  const error = `it was told ghp_${'x1Y2kQ9z'.repeat(4)}Ab7d`;
  const outcome = 'failed' as const;
  const result = { host: 'hooks.example.com', outcome, attempts: 6, status: 503, error, durationMs: 9 };
  const { runId } = queryOf();
  const line = callbackLine(queryOf(), result, { mask });
  expect(line).toEqual({
    time: expect.stringMatching(/^\d{4}-.*Z$/),
    runId,
    callback: { ...result, error: expect.stringMatching(/^it was told \[REDACTED:/) },
  });
});

describe('the audit line of a query that ran', () => {
  it('says who asked for what, and what came of it', () => {
    const denied = { tool_name: 'Bash', tool_use_id: 't1', tool_input: { command: 'rm -rf /' } };
    const ending = endingOf([
      init(),
      assistant('All is well.'),
      result({
        num_turns: 3,
        total_cost_usd: 0.125,
        usage: { input_tokens: 10, output_tokens: 20, cache_read_input_tokens: 30, cache_creation_input_tokens: 40 },
        permission_denials: [denied, { ...denied, tool_use_id: 't2' }],
      }),
    ]);
    const query = queryOf({
      sessionId: '33333333-2222-4333-8444-555555555555',
      model: 'sonnet',
      maxTurns: 5,
      permissionMode: 'plan',
      allowedTools: ['Read', 'Bash(git log:*)'],
      appendSystemPrompt: 'Be brief.',
      jsonSchema: { type: 'object' },
    });
    expect(asJson(query, endOf(ending))).toMatchInlineSnapshot(`
      {
        "caller": {
          "client": "claude-code 2.1.329",
          "protocol": "mcp 2026-07-28",
          "subject": "local",
          "transport": "stdio",
        },
        "costUsd": 0.125,
        "cpuMs": null,
        "cwd": "/srv/project",
        "denials": {
          "count": 2,
          "tools": [
            "Bash",
          ],
        },
        "durationMs": 1500,
        "ended": "finished",
        "firstMessageMs": 700,
        "options": {
          "allowedTools": [
            "Read",
            "Bash(git log:*)",
          ],
          "appendSystemPrompt": {
            "characters": 9,
          },
          "includeSystemMessages": true,
          "jsonSchema": true,
          "maxMessages": 100,
          "maxTurns": 5,
          "model": "sonnet",
          "permissionMode": "plan",
          "sessionId": "33333333-2222-4333-8444-555555555555",
        },
        "outcome": {
          "class": "success",
          "exitCode": 0,
          "message": "done",
        },
        "peakMemoryBytes": null,
        "prompt": {
          "bytes": 24,
          "characters": 24,
          "digest": "hmac-sha256:cf31f5a48b1d2d39cf381c221bd861b2af058c481f3f3c40d1a84d8f62077eac",
        },
        "queuedMs": 20,
        "redactions": 0,
        "refusal": null,
        "retries": 0,
        "runId": "11111111-2222-4333-8444-555555555555",
        "sessionId": "e3c9e254-0f2e-4662-8047-6183c453dab1",
        "time": "2026-11-21T03:00:00.000Z",
        "tokens": {
          "cacheCreationInputTokens": 40,
          "cacheReadInputTokens": 30,
          "inputTokens": 10,
          "outputTokens": 20,
        },
        "turns": 3,
      }
    `);
  });

  it('tells a limit or a cancel by how it ended', () => {
    const stopped = endingOf([init(), assistant('Half an ans')], {
      stoppedBy: 'SIGINT',
      exit: { code: 130, signal: null },
    });
    expect(asJson(queryOf(), endOf(stopped, { ended: 'cancelled' }))).toMatchObject({
      ended: 'cancelled',
      outcome: { class: 'interrupted', exitCode: 130 },
      refusal: null,
      costUsd: null,
    });
  });

  it('holds the prompt only where that is asked for, redacted and whole', () => {
    const prompt = `${'long '.repeat(10_000)}and tk-9f2c7d10b4e8a6`;
    const redactor = createRedactor({ env: { DEPLOY_TOKEN: 'tk-9f2c7d10b4e8a6' } });
    const mask = maskOf(redactor);
    expect(auditLine(queryOf({ prompt }), endOf(), plainly)).not.toHaveProperty('promptText');
    const { promptText = '' } = auditLine(queryOf({ prompt }), endOf(), { prompts: true, mask });
    expect(promptText).toBe(`${'long '.repeat(10_000)}and [REDACTED:env-secret#1]`);
  });

  it('has a digest by which who has the prompt can tell it, and nobody else that it came twice', () => {
    const prompt = 'Is it ülti­mately — fine?';
    const [one, two] = ['aaaaaaaa-2222-4333-8444-555555555555', 'bbbbbbbb-2222-4333-8444-555555555555'].map(
      (runId) => auditLine(queryOf({ prompt }, { runId }), endOf(), plainly).prompt,
    );
    const expected = createHmac('sha256', 'aaaaaaaa-2222-4333-8444-555555555555').update(prompt, 'utf8').digest('hex');
    expect(one).toEqual({ characters: 25, bytes: 29, digest: `hmac-sha256:${expected}` });
    expect(two?.digest).not.toBe(one?.digest);
  });
});

describe('the audit line of a query that was refused', () => {
  it('says why, and what it asked for', () => {
    const refusal = new Refusal('forbidden', 'cwd: /etc is outside the roots that this server allows');
    const query = queryOf({ cwd: '/etc' }, { cwd: null });
    expect(asJson(query, refusedWith(refusal))).toMatchInlineSnapshot(`
      {
        "caller": {
          "client": "claude-code 2.1.329",
          "protocol": "mcp 2026-07-28",
          "subject": "local",
          "transport": "stdio",
        },
        "costUsd": null,
        "cpuMs": null,
        "cwd": null,
        "denials": null,
        "durationMs": 0,
        "ended": "refused",
        "firstMessageMs": null,
        "options": {
          "cwd": "/etc",
          "includeSystemMessages": true,
          "maxMessages": 100,
        },
        "outcome": null,
        "peakMemoryBytes": null,
        "prompt": {
          "bytes": 24,
          "characters": 24,
          "digest": "hmac-sha256:cf31f5a48b1d2d39cf381c221bd861b2af058c481f3f3c40d1a84d8f62077eac",
        },
        "queuedMs": 0,
        "redactions": null,
        "refusal": {
          "error_code": "forbidden",
          "message": "cwd: /etc is outside the roots that this server allows",
        },
        "retries": null,
        "runId": "11111111-2222-4333-8444-555555555555",
        "sessionId": null,
        "time": "2026-11-21T03:00:00.000Z",
        "tokens": null,
        "turns": null,
      }
    `);
  });

  it('makes do without a request where that could not be read', () => {
    const refusal = new Refusal('validation_error', 'prompt: expected string, but it is missing');
    const line = auditLine(queryOf({}, { request: null, cwd: null }), refusedWith(refusal), {
      ...plainly,
      prompts: true,
    });
    expect(line).toMatchObject({ options: null, prompt: null, refusal: { error_code: 'validation_error' } });
    expect(line).not.toHaveProperty('promptText');
  });

  it('is short, however much was sent', () => {
    const request: Partial<QueryRequest> = {
      prompt: 'p'.repeat(3_000_000),
      model: 'm'.repeat(1_000_000),
      cwd: `/${'c'.repeat(1_000_000)}`,
      allowedTools: Array.from({ length: 100_000 }, (_, index) => `Tool${index}`),
      disallowedTools: ['t'.repeat(1_000_000)],
    };
    const refusal = new Refusal('bad_request', 'x'.repeat(1_000_000));
    const line = auditLine(queryOf(request), refusedWith(refusal), { ...plainly, prompts: true });
    expect(escapeJson(line).length).toBeLessThan(40_000);
    expect(line.prompt?.characters).toBe(3_000_000);
    expect(line.options?.allowedTools?.at(-1)).toBe('… [99900 more]');
    expect(line.options?.model).toMatch(/^m{1000}… \[999000 characters more\]$/);
  });
});

describe('an audit line', () => {
  it('holds no secret of the environment, wherever a request, a client or claude has it', () => {
    const secret = 'tk-9f2c7d10"b4e8\\a6';
    const redactor = createRedactor({ env: { DEPLOY_TOKEN: secret } });
    const options = { prompts: true, mask: maskOf(redactor) };
    const around = fc.string({ maxLength: 12 });
    const leak = fc.tuple(around, around).map(([before, after]) => `${before} ${secret} ${after}`);
    const maybe = fc.option(leak, { nil: undefined });
    const request = fc.record({
      prompt: leak,
      cwd: maybe,
      model: maybe,
      appendSystemPrompt: maybe,
      allowedTools: fc.array(leak, { maxLength: 3 }),
      disallowedTools: fc.array(leak, { maxLength: 3 }),
      jsonSchema: fc.dictionary(leak, leak, { maxKeys: 2 }),
    });
    const texts = fc.record({ client: leak, subject: leak, message: leak, summary: leak, tool: leak });
    fc.assert(
      fc.property(request, texts, fc.boolean(), (asked, { client, subject, message, summary, tool }, isRefused) => {
        const query: Query = {
          ...queryOf(),
          caller: { subject, transport: 'http', protocol: 'mcp 2025-11-25', client },
          request: { ...asked, maxMessages: 100, includeSystemMessages: true },
          cwd: `/srv/${summary}`,
        };
        const denial = { tool_name: tool, tool_use_id: 't1', tool_input: {} };
        const ran = endingOf([
          init({ session_id: summary }),
          result({ result: summary, permission_denials: [denial] }),
        ]);
        const end = isRefused ? refusedWith(new Refusal('forbidden', message)) : endOf({ ...ran, message });
        const line = escapeJson(auditLine(query, end, options));
        expect(line).not.toContain('9f2c7d10');
        expect(JSON.stringify(JSON.parse(line))).not.toContain('9f2c7d10');
      }),
    );
  });

  it('is one line that acts on no terminal', () => {
    const nasty = 'a\nb\r\u001B[31m\u2028\u2029\u202E\u0085::error::##[error]';
    const query = queryOf({ model: nasty }, { caller: { ...queryOf().caller, client: nasty } });
    const line = escapeJson(auditLine(query, endOf(), plainly));
    expect(line).toMatch(/^[\u0020-\u007E]+$/);
    expect(line).not.toContain('##[');
    expect(JSON.parse(line)).toMatchObject({ caller: { client: nasty }, options: { model: nasty } });
  });

  it('has the same fields for every query', () => {
    const ran = auditLine(queryOf(), endOf(success()), plainly);
    const refused = auditLine(queryOf(), refusedWith(new Refusal('rate_limited', 'too many')), plainly);
    expect(Object.keys(refused)).toEqual(Object.keys(ran));
  });
});
