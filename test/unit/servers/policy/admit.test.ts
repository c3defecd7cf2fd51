import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Policy } from '../../../../src/servers/policy.ts';
import { admit } from '../../../../src/servers/policy/admit.ts';
import type { QueryRequest } from '../../../../src/request/query-schema.ts';
import { readQueryRequest } from '../../../../src/servers/validation/read-query-request.ts';
import { Refusal } from '../../../../src/servers/refusal.ts';
import { rounds } from '../../../support/rounds.ts';

let root = '';

beforeAll(() => {
  root = join(mkdtempSync(join(realpathSync(tmpdir()), 'sluice-admit-')), 'root');
  mkdirSync(join(root, 'below'), { recursive: true });
});

afterAll(() => rmSync(join(root, '..'), { recursive: true }));

describe('a request', () => {
  it('that says nothing gets what the operator has', () => {
    const { run, cwd } = letIn(
      {},
      { request: { model: 'sonnet', effort: 'low', maxMemory: 2 ** 31, maxBudgetUsd: 2 } },
    );
    expect(cwd).toBe(root);
    expect(run).toMatchObject({
      prompt: { inert: 'hi' },
      maxPrompt: 1000,
      cwd: root,
      timeout: 5000,
      maxTurns: 50,
      maxBudgetUsd: 2,
      permissionMode: 'default',
      model: 'sonnet',
      effort: 'low',
      tools: ['Read', 'Grep', 'Bash'],
      allowedTools: ['Bash(git:*)', 'mcp__files'],
      disallowedTools: ['WebFetch'],
      maxMemory: 2 ** 31,
    });
    expect(run).not.toHaveProperty('resume');
    expect(run).not.toHaveProperty('jsonSchema');
  });

  it('gets less when it asks for less', () => {
    const { run } = letIn({
      cwd: join(root, 'below'),
      sessionId: SESSION,
      model: 'haiku',
      maxTurns: 3,
      maxBudgetUsd: 0.5,
      timeoutMs: 1,
      permissionMode: 'plan',
      allowedTools: ['Read', 'Bash(git log:*)'],
      disallowedTools: ['Bash(git push:*)'],
      appendSystemPrompt: 'Be brief.',
      jsonSchema: { type: 'object' },
    });
    expect(run).toMatchObject({
      cwd: join(root, 'below'),
      resume: SESSION,
      model: 'haiku',
      maxTurns: 3,
      maxBudgetUsd: 0.5,
      timeout: 1,
      permissionMode: 'plan',
      tools: ['Read', 'Bash'],
      allowedTools: ['Bash(git log:*)'],
      disallowedTools: ['WebFetch', 'Bash(git push:*)'],
      appendSystemPrompt: 'Be brief.',
      jsonSchema: { type: 'object' },
    });
  });

  it('that allows itself no tool gets none', () => {
    const { run } = letIn({ allowedTools: [] });
    expect(run.tools).toEqual([]);
    expect(run).not.toHaveProperty('allowedTools');
  });

  it("adds to the operator's system prompt", () => {
    const { run } = letIn({ appendSystemPrompt: 'And brief.' }, { request: { appendSystemPrompt: 'Be kind.' } });
    expect(run.appendSystemPrompt).toBe('Be kind.\n\nAnd brief.');
  });

  it.each<[string, Partial<QueryRequest>, Given]>([
    ['permissionMode', { permissionMode: 'bypassPermissions' }, {}],
    ['permissionMode', { permissionMode: 'acceptEdits' }, {}],
    ['model', { model: 'opus' }, { models: ['sonnet', 'haiku'] }],
    ['maxTurns', { maxTurns: 51 }, {}],
    ['maxBudgetUsd', { maxBudgetUsd: 2.01 }, { request: { maxBudgetUsd: 2 } }],
    ['timeoutMs', { timeoutMs: 5001 }, {}],
    ['allowedTools', { allowedTools: ['Read', 'Write'] }, {}],
    ['allowedTools', { allowedTools: ['Bash'] }, {}],
    ['cwd', { cwd: '/etc' }, {}],
    ['prompt', { prompt: 'é'.repeat(501) }, {}],
    ['prompt', { appendSystemPrompt: 'x'.repeat(999) }, {}],
    ['sessionId', { sessionId: SESSION }, { request: { isolate: true } }],
    ['sessionId', { sessionId: SESSION }, { request: { noSessionPersistence: true } }],
    ['appendSystemPrompt', { appendSystemPrompt: 'x' }, { request: { appendSystemPromptFile: '/x' } }],
  ])('for more is forbidden by its %s', (field, request, policy) => {
    const { errorCode, details, message } = refusalOf(request, policy);
    expect(errorCode).toBe('forbidden');
    expect(details['field']).toBe(field);
    expect(message.startsWith(`${field}: `)).toBe(true);
  });

  it.each<[string, Partial<QueryRequest>]>([
    ['prompt', { prompt: ' \n' }],
    ['cwd', { cwd: 'below' }],
    ['model', { model: '--model x' }],
    ['model', { model: 'a\0b' }],
    ['allowedTools', { allowedTools: ['Read, Write'] }],
    ['allowedTools', { allowedTools: ['Bash(a) Write'] }],
    ['allowedTools', { allowedTools: ['Read(docs/**)'] }],
    ['disallowedTools', { disallowedTools: Array.from({ length: 20_000 }, (_, index) => `Tool${index}`) }],
    ['disallowedTools', { disallowedTools: ['Bash('] }],
    ['appendSystemPrompt', { appendSystemPrompt: 'a\0b' }],
    ['jsonSchema', { jsonSchema: { description: 'x'.repeat(100_000) } }],
    ['jsonSchema', { jsonSchema: nested(20_000) }],
  ])('that is malformed in its %s is told so', (field, request) => {
    expect(refusalOf(request)).toMatchObject({ errorCode: 'validation_error', details: { field } });
  });

  it('is told what is allowed, and its long values are not repeated', () => {
    expect(refusalOf({ permissionMode: 'auto' }).message).toBe(
      'permissionMode: "auto" is not allowed; allowed: default, plan',
    );
    expect(refusalOf({ allowedTools: [`Bash(${'secret '.repeat(50)})`] }).message).not.toContain('secret');
  });

  it('is never given more than the policy has, whatever it asks for', () => {
    const asked = fc.record(
      {
        permissionMode: fc.constantFrom('default', 'plan', 'bypassPermissions', 'auto'),
        maxTurns: fc.integer({ min: 1, max: 100 }),
        maxBudgetUsd: fc.double({ min: 0.01, max: 4, noNaN: true }),
        timeoutMs: fc.integer({ min: 1, max: 10_000 }),
        model: fc.constantFrom('sonnet', 'opus'),
        allowedTools: fc.array(
          fc.oneof(
            fc.constantFrom('Read', 'Write', 'Bash', 'Bash(git log)', 'Bash(git log;id)', 'mcp__files__a'),
            fc.string({ minLength: 1 }),
          ),
          { maxLength: 3 },
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(asked, (request) => {
        const { run } = admittedOrNull(request, { models: ['sonnet'], request: { maxBudgetUsd: 2 } }) ?? letIn({});
        expect(['default', 'plan']).toContain(run.permissionMode);
        expect(run.maxTurns).toBeLessThanOrEqual(50);
        expect(run.maxBudgetUsd ?? 0).toBeLessThanOrEqual(2);
        expect(run.timeout).toBeLessThanOrEqual(5000);
        expect(run.model ?? 'sonnet').toBe('sonnet');
        expect(run.tools?.every((tool) => ['Read', 'Grep', 'Bash'].includes(tool))).toBe(true);
        expect(run.allowedTools ?? []).not.toContain('Bash');
      }),
      { numRuns: rounds(100) },
    );
  });
});

describe('secrets', () => {
  it('of variables that claude is not given are masked all the same', () => {
    const { host } = letIn({}, { env: ['EXTRA_*'] }, { PATH: '/bin', EXTRA_ONE: '1', DB_PASSWORD: 'hunter2hunter2' });
    expect(host.env).toEqual({ PATH: '/bin', EXTRA_ONE: '1' });
    expect(host.redactor).toMatchObject({ env: { DB_PASSWORD: 'hunter2hunter2' } });
  });

  it('are masked as the operator says, or not at all', () => {
    expect(letIn({}, { request: { noRedact: true } }).run.noRedact).toBe(true);
    expect(letIn({}, { redactor: { values: ['abcdef'] } }).host.redactor).toMatchObject({ values: ['abcdef'] });
  });
});

describe('settings', () => {
  it('are joined with those of the operator', () => {
    const own = { apiKeyHelper: '/x', permissions: { deny: ['Bash(rm:*)'], ask: ['Write'] }, sandbox: { network: {} } };
    expect(letIn({}, { request: { settings: own }, sandbox: true }).host.settings?.make()).toMatchObject({
      apiKeyHelper: '/x',
      permissions: {
        ask: ['Write'],
        allow: [`Read(/${root}/**)`],
        deny: expect.arrayContaining(['Bash(rm:*)']),
      },
      sandbox: { enabled: true, failIfUnavailable: true, allowUnsandboxedCommands: false, network: {} },
    });
  });

  it("close claude's own folder before it is there, also behind a link", () => {
    const home = join(root, '..', 'home');
    mkdirSync(home);
    symlinkSync('home', join(root, '..', 'link'));
    const { host } = letIn({}, {}, { HOME: join(root, '..', 'link') });
    expect(host.settings?.make()).toMatchObject({
      permissions: { deny: expect.arrayContaining([`Read(/${join(home, '.claude')}/**)`]) },
    });
  });

  it('permit no tool that the request leaves out', () => {
    const { host } = letIn({ allowedTools: ['Bash(git log)'] });
    expect(host.settings?.make()).toMatchObject({ permissions: { allow: [] } });
  });
});

describe('settings of claudes that wait', () => {
  it('are told from others without those who come to lie beside the roots', () => {
    const settings = letIn({}).host.settings;
    const [key, before] = [settings?.key, JSON.stringify(settings?.make())];
    writeFileSync(join(root, '..', 'newcomer'), '');
    expect(JSON.stringify(settings?.make())).toContain('newcomer');
    expect(before).not.toContain('newcomer');
    expect(letIn({}).host.settings?.key).toBe(key);
  });
});

/** Parts of a policy that differ from {@link POLICY}. */
interface Given extends Partial<Omit<Policy, 'request'>> {
  readonly request?: Partial<Policy['request']>;
}

const SESSION = '3f1f4d0e-5a55-4b6f-9d5c-1f6f0a9f2b11';

function letIn(
  request: Readonly<Record<string, unknown>>,
  policy: Given = {},
  env: Readonly<Record<string, string>> = {},
): ReturnType<typeof admit> {
  const read = readQueryRequest({ prompt: 'hi', ...request });
  return admit(read, { ...POLICY, roots: [root], ...policy, request: { ...POLICY.request, ...policy.request } }, env);
}

/** Null when it is refused; what else is thrown is thrown. */
function admittedOrNull(request: Readonly<Record<string, unknown>>, policy: Given): ReturnType<typeof admit> | null {
  try {
    return letIn(request, policy);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

function refusalOf(request: Readonly<Record<string, unknown>>, policy: Given = {}): Refusal {
  try {
    letIn(request, policy);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('it was let in');
}

const POLICY: Policy = {
  roots: ['/'],
  modes: ['default', 'plan'],
  models: null,
  tools: ['Read', 'Grep', 'Bash(git:*)', 'mcp__files'],
  sandbox: false,
  env: [],
  request: {
    permissionMode: 'default',
    disallowedTools: ['WebFetch'],
    maxTurns: 50,
    timeout: 5000,
    maxPrompt: 1000,
  },
};

function nested(levels: number): Record<string, unknown> {
  let schema: Record<string, unknown> = {};
  for (let level = 0; level < levels; level++) schema = { not: schema };
  return schema;
}
