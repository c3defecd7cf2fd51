import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { environmentLayer, type Layer, resolveSettings } from '../../../src/config/layers.ts';
import { variableOf, whereOf } from '../../../src/config/derived-names.ts';
import { flagOf } from '../../../src/request/flag.ts';
import { OPTIONS } from '../../../src/config/command-options/options.ts';

type Values = Readonly<Record<string, unknown>>;

const NAMES = {
  flags: 'command line',
  template: '/home/me/.config/sluice/templates/t.md',
  'project template': '/repo/.sluice/templates/t.md',
  'config file': '/given.json',
  'project file': '/repo/.sluicerc.json',
  'user file': '/home/me/.config/sluice/config.json',
} as const;

/** Highest first, as they are put together for a run, but that there is one template at most. */
const ORDER = [
  'flags',
  'environment',
  'template',
  'project template',
  'config file',
  'project file',
  'user file',
] as const;

interface Given extends Partial<Record<Exclude<(typeof ORDER)[number], 'environment'>, Values>> {
  readonly environment?: Readonly<Record<string, string>>;
}

function settingsOf(given: Given) {
  const layers: Layer[] = ORDER.flatMap((kind) => {
    if (kind === 'environment') return [environmentLayer('/here')];
    const values = given[kind];
    if (values === undefined) return [];
    return [{ name: NAMES[kind], kind, values, folder: kind === 'flags' ? '/here' : dirname(NAMES[kind]) }];
  });
  return resolveSettings(layers, given.environment ?? {});
}

/** The value of one option and where it came from. */
function setting(name: string, given: Given): { value: unknown; from: string } | undefined {
  const found = settingsOf(given).get(name);
  return found && { value: found.value, from: found.from };
}

/** The error that a layer causes. */
const failing = (message: RegExp) =>
  expect.objectContaining({ code: 'usage', message: expect.stringMatching(message) });

describe('layers', () => {
  it('count from flags down to the default, and each value knows its own', () => {
    const given = {
      flags: { maxChars: '1k' },
      environment: { SLUICE_MAX_CHARS: '2k' },
      template: { maxChars: '2500' },
      'project template': { maxChars: '2600' },
      'config file': { maxChars: '3k' },
      'project file': { maxChars: '4k' },
      'user file': { maxChars: '5k' },
    };
    const seen = ORDER.map((_, index) =>
      setting('maxChars', Object.fromEntries(ORDER.slice(index).map((kind) => [kind, given[kind]]))),
    );
    expect(seen).toEqual([
      { value: 1024, from: '--max-chars' },
      { value: 2048, from: 'SLUICE_MAX_CHARS' },
      { value: 2500, from: NAMES.template },
      { value: 2600, from: NAMES['project template'] },
      { value: 3072, from: '/given.json' },
      { value: 4096, from: '/repo/.sluicerc.json' },
      { value: 5120, from: '/home/me/.config/sluice/config.json' },
    ]);
    expect(setting('maxChars', {})).toEqual({ value: 20_000, from: 'default' });
  });

  it('leave out what nobody set and what has no default', () => {
    expect(settingsOf({}).has('model')).toBe(false);
    expect([...settingsOf({})].every(([, { from }]) => from === 'default')).toBe(true);
  });

  it('take an empty variable for one that is not set', () => {
    expect(setting('model', { environment: { SLUICE_MODEL: '' }, 'user file': { model: 'opus' } })).toEqual({
      value: 'opus',
      from: NAMES['user file'],
    });
  });

  it('let false win over true further down', () => {
    expect(setting('quiet', { flags: { quiet: false }, 'user file': { quiet: true } })?.value).toBe(false);
  });

  it.each<[string, Given, RegExp]>([
    ['a flag', { flags: { timeout: 'soon' } }, /^--timeout: "soon" is not a duration such as 90s, 5m or 1h30m$/],
    ['a variable', { environment: { SLUICE_TIMEOUT: 'soon' } }, /^SLUICE_TIMEOUT: "soon" is not a duration/],
    [
      'a fixed variable',
      { environment: { CLAUDE_CODE_MAX_EXECUTION_TIME: '5m' } },
      /^CLAUDE_CODE_MAX_EXECUTION_TIME: "5m" is not a whole number of milliseconds/,
    ],
    [
      'a file',
      { 'user file': { maxTurns: 0 } },
      /^\/home\/me.*config\.json: maxTurns: "0" is not a whole number above 0/,
    ],
    ['the project', { 'project file': { retries: -1 } }, /^\/repo\/\.sluicerc\.json: retries: "-1" is not/],
    [
      'one state',
      { flags: { idleTimeout: 'api=5m,tool=soon' } },
      /^--idle-timeout: "tool=soon" is not a limit of one state/,
    ],
    [
      'a state that there is not',
      { environment: { SLUICE_IDLE_TIMEOUT: 'apo=5m' } },
      /^SLUICE_IDLE_TIMEOUT: "apo=5m" is not a limit of one state \(api, tool, text\) such as api=5m/,
    ],
    [
      'a state in a file',
      { 'user file': { idleTimeout: { tool: '1h', text: false } } },
      /config\.json: idleTimeout: "text=false" is not a limit of one state/,
    ],
    ['a mode', { flags: { permissionMode: 'yolo' } }, /^--permission-mode: "yolo" is not one of acceptEdits, .*plan$/],
    ['a schema', { flags: { jsonSchema: '{"type":' } }, /^--json-schema: .* is not valid JSON/],
    ['a session', { flags: { sessionId: '42' } }, /^--session-id: "42" is not a UUID/],
    ['nothing', { 'user file': { timeout: null } }, /timeout: "null" is not a duration/],
  ])('name %s and what it should be', (_, given, message) => {
    expect(() => settingsOf(given)).toThrow(failing(message));
  });

  it('name a value that is wrong even where a higher layer hides it', () => {
    expect(() => settingsOf({ flags: { timeout: '5m' }, 'user file': { timeout: 'soon' } })).toThrow(/config\.json/);
  });

  it('do not print the whole of a long value', () => {
    expect(() => settingsOf({ flags: { timeout: 'x'.repeat(10_000) } })).toThrow(failing(/^.{1,200}$/));
  });

  it.each(['config file', 'project file', 'user file'] as const)('refuse what nobody knows in a %s', (kind) => {
    expect(() => settingsOf({ [kind]: { hologram: 1 } })).toThrow(failing(/there is no option "hologram"$/));
  });

  it.each([
    ['max-turns', 'maxTurns'],
    ['max_turns', 'maxTurns'],
    ['maxturns', 'maxTurns'],
    ['Timeout', 'timeout'],
    ['maxRuns', 'server.maxRuns'],
    ['serverRoot', 'server.roots'],
  ])('guess what %s meant', (typed, meant) => {
    expect(() => settingsOf({ 'user file': { [typed]: 1 } })).toThrow(failing(new RegExp(`did you mean ${meant}\\?`)));
  });

  it('are not fooled by names of Object.prototype', () => {
    const hostile: Values = JSON.parse('{"__proto__":{"noRedact":true}}');
    expect(() => settingsOf({ 'project file': hostile })).toThrow(failing(/no option "__proto__"/));
    expect(() => settingsOf({ 'user file': { constructor: 1 } })).toThrow(failing(/no option "constructor"/));
  });

  it.each(['file', 'promptFile', 'slash'])('take %s from the command line alone', (name) => {
    expect(() => settingsOf({ 'user file': { [name]: 'x' } })).toThrow(
      failing(/only the command line can set it, as --/),
    );
    expect(settingsOf({ environment: { [variableOf(optionOf(name))]: '1' } }).has(name)).toBe(false);
  });
});

describe('the environment', () => {
  it.each([
    ['cwd', 'CLAUDE_CODE_DEFAULT_CWD', '/work', '/work'],
    ['timeout', 'CLAUDE_CODE_MAX_EXECUTION_TIME', '600000', 600_000],
    ['permissionMode', 'CLAUDE_CODE_DEFAULT_PERMISSION_MODE', 'plan', 'plan'],
    ['allowedTools', 'CLAUDE_CODE_ALLOWED_TOOLS', 'read,BASH', ['Read', 'Bash']],
  ])('sets %s by %s', (name, variable, text, value) => {
    expect(setting(name, { environment: { [variable]: text } })).toEqual({ value, from: variable });
  });

  it('narrow what lies below a template of the project, whose name its refusal has', () => {
    const given = { 'project template': { maxTurns: 9, tools: ['Read', 'Bash'] } };
    const below = { 'config file': { maxTurns: 5 }, 'user file': { tools: ['Read'] } };
    expect(setting('maxTurns', { ...given, ...below })).toEqual({ value: 5, from: NAMES['config file'] });
    expect(setting('tools', { ...given, ...below })).toEqual({ value: ['Read'], from: NAMES['project template'] });
    expect(() => settingsOf({ 'project template': { allowedTools: ['Bash'] } })).toThrow(
      failing(/^\/repo\/\.sluice\/templates\/t\.md: allowedTools: a template of the project can only narrow; /),
    );
  });

  it('lets SLUICE_TIMEOUT win over the other name, each with its own unit', () => {
    const environment = { SLUICE_TIMEOUT: '90', CLAUDE_CODE_MAX_EXECUTION_TIME: '600000' };
    expect(setting('timeout', { environment })).toEqual({ value: 90_000, from: 'SLUICE_TIMEOUT' });
  });

  it.each([
    ['websearch, todowrite', ['WebSearch', 'TodoWrite']],
    ['bash(git log:*) read', ['Bash(git log:*)', 'Read']],
    ['mcp__Server__tool,Hologram', ['mcp__Server__tool', 'Hologram']],
  ])('takes tool names in any case: %s', (text, tools) => {
    expect(setting('allowedTools', { environment: { CLAUDE_CODE_ALLOWED_TOOLS: text } })?.value).toEqual(tools);
  });

  it('has a variable of its own for every option', () => {
    const variables = OPTIONS.map(variableOf);
    expect(new Set(variables).size).toBe(OPTIONS.length);
    expect(variables).toEqual(
      expect.arrayContaining(['SLUICE_CLAUDE_PATH', 'SLUICE_MAX_BUDGET_USD', 'SLUICE_NO_REDACT']),
    );
    for (const variable of variables) expect(variable).toMatch(/^SLUICE_[A-Z_]+$/);
  });
});

describe('a project file', () => {
  const project = (name: string, own: unknown, below?: unknown) =>
    setting(name, {
      'project file': { [name]: own },
      ...(below === undefined ? {} : { 'user file': { [name]: below } }),
    });
  const PROJECT = NAMES['project file'];
  const USER = NAMES['user file'];

  it.each([
    ['maxTurns', 5, 9, 5],
    ['maxBudgetUsd', 0.5, 2, 0.5],
    ['timeout', '1m', '5m', 60_000],
    ['retries', 0, 3, 0],
    ['maxMessages', 10, 50, 10],
    ['maxChars', 100, 500, 100],
    ['maxPrompt', '1k', '1m', 1024],
    ['startTimeout', '5s', '10s', 5_000],
    ['stdinTimeout', '5s', '10s', 5_000],
    ['retryMaxWait', '5s', '1m', 5_000],
    ['waitBackground', '5s', '1m', { agent: 5_000, shell: 5_000 }],
  ])('may lower %s', (name, own, below, value) => {
    expect(project(name, own, below)).toEqual({ value, from: PROJECT });
  });

  it.each([
    ['maxTurns', 9, 5, 5],
    ['maxBudgetUsd', 20, 2, 2],
    ['timeout', '5h', '5m', 300_000],
    ['retries', 9, 3, 3],
    ['maxPrompt', '1g', '1m', 1_048_576],
    ['startTimeout', '5m', '10s', 10_000],
    ['retryMaxWait', '1h', '1m', 60_000],
    ['waitBackground', '1h', '1m', { agent: 60_000, shell: 60_000 }],
  ])('may not raise %s', (name, own, below, value) => {
    expect(project(name, own, below)).toEqual({ value, from: USER });
  });

  it('may not raise a default either', () => {
    expect(project('maxMessages', 5000)).toEqual({ value: 100, from: 'default' });
    expect(project('maxPrompt', '1g')).toEqual({ value: 10 * 1024 * 1024, from: 'default' });
    expect(project('waitBackground', '1h')).toEqual({ value: { agent: 600_000, shell: 0 }, from: 'default' });
  });

  it('may lower the patience in each state, and raise it in none', () => {
    const minutes = (api: number, tool: number, text: number) => ({
      api: api * 60_000,
      tool: tool * 60_000,
      text: text * 60_000,
    });
    expect(project('idleTimeout', '1m')).toEqual({ value: minutes(1, 1, 1), from: PROJECT });
    expect(project('idleTimeout', '2h')).toEqual({ value: minutes(15, 15, 15), from: 'default' });
    expect(project('idleTimeout', { tool: '2h', api: '1m' })).toEqual({
      value: minutes(1, 15, 15),
      from: `default, ${PROJECT}`,
    });
    expect(project('idleTimeout', 'api=5m,text=1h', 'tool=1h')).toEqual({
      value: { api: 300_000, tool: 3_600_000 },
      from: `${USER}, ${PROJECT}`,
    });
    expect(project('idleTimeout', 'api=1m,tool=3m', 'tool=2m,text=1m')).toEqual({
      value: minutes(1, 2, 1),
      from: `${USER}, ${PROJECT}`,
    });
  });

  it('may ask for a directory of its own, and not for the opposite', () => {
    expect(project('isolate', true)).toEqual({ value: true, from: PROJECT });
    expect(() => project('isolate', false, true)).toThrow(failing(/isolate: a project file can only narrow/));
    expect(() => project('keepBackground', true)).toThrow(failing(/keepBackground: a project file can only narrow/));
  });

  it('adds to the tools that never run', () => {
    expect(project('disallowedTools', ['Bash'], ['Write'])?.value).toEqual(['Write', 'Bash']);
    expect(project('disallowedTools', 'Bash')?.value).toEqual(['Bash']);
  });

  it('keeps only tools that were there below it', () => {
    expect(project('tools', ['Read', 'Bash'], ['Read', 'Grep'])?.value).toEqual(['Read']);
    expect(project('tools', ['Bash'], ['Read'])?.value).toEqual([]);
    expect(project('tools', ['Read'])?.value).toEqual(['Read']);
  });

  it.each([
    ['plan', 'acceptEdits', 'plan'],
    ['plan', 'default', 'plan'],
    ['dontAsk', 'acceptEdits', 'dontAsk'],
    ['dontAsk', 'plan', 'plan'],
    ['plan', undefined, 'plan'],
  ])('with permissionMode %s over %s gives %s', (own, below, value) => {
    expect(project('permissionMode', own, below)?.value).toBe(value);
  });

  it.each(['bypassPermissions', 'acceptEdits', 'auto', 'default', 'manual'])('may not say %s', (mode) => {
    expect(() => project('permissionMode', mode, 'bypassPermissions')).toThrow(
      failing(
        /^\/repo\/\.sluicerc\.json: permissionMode: a project file can only narrow.*use --permission-mode, SLUICE_PERMISSION_MODE/,
      ),
    );
  });

  it.each([
    'strictMcpConfig',
    'restricted',
    'safeMode',
    'scrubToolEnv',
    'noSessionPersistence',
    'disableSlashCommands',
    'failOnDenied',
  ])('may switch %s on and not off', (name) => {
    expect(project(name, true, false)).toEqual({ value: true, from: PROJECT });
    expect(() => project(name, false, true)).toThrow(failing(/can only narrow/));
  });

  it.each(['model', 'effort'])('may choose %s', (name) => {
    expect(project(name, 'x', 'y')).toEqual({ value: 'x', from: PROJECT });
  });

  it.each(
    `noRedact full dangerouslySkipPermissions allowDangerouslySkipPermissions continue forkSession
bare includeHookEvents`.split(/\s/),
  )('may not set %s', (name) => {
    expect(() => project(name, true)).toThrow(failing(/can only narrow/));
  });

  it.each(
    `claudePath cwd record bundle systemPrompt systemPromptFile appendSystemPrompt
appendSystemPromptFile allowedTools addDir mcpConfig settings settingSources agents agent
pluginDir pluginUrl permissionPromptTool resume worktree debugFile betas`.split(/\s/),
  )('may not set %s', (name) => {
    expect(() => project(name, '{"a":1}')).toThrow(failing(/can only narrow/));
  });

  it('sets nothing that has no rule: each option that it may set is listed here', () => {
    expect(
      OPTIONS.filter((option) => option.project !== undefined)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(
      `cache color disableSlashCommands disallowedTools effort failOn failOnDenied maxBudgetUsd maxChars
maxMessages maxPrompt maxTurns model noSessionPersistence noSystemMessages output
permissionMode quiet redactInput requireMcp restricted retries safeMode scrubToolEnv secretEnv secretPatterns secretFiles
showThinking strictMcpConfig timeout startTimeout idleTimeout inputBudget stdinTimeout retryMaxWait
waitBackground waitForReset isolate tools maxMemory maxCpuTime maxProcesses`
        .split(/\s/)
        .toSorted(),
    );
  });

  it('gives way to flags, variables and a file that was named', () => {
    for (const given of [
      { flags: { maxTurns: 50 } },
      { environment: { SLUICE_MAX_TURNS: '50' } },
      { 'config file': { maxTurns: 50 } },
    ]) {
      expect(setting('maxTurns', { ...given, 'project file': { maxTurns: 5 } })?.value).toBe(50);
    }
  });
});

describe('secrets that layers declare', () => {
  const FILE = NAMES['project file'];
  const USER = NAMES['user file'];

  it('are secrets, whichever layer says so', () => {
    const given = {
      flags: { secretEnv: ['A,B', 'C'] },
      environment: { SLUICE_SECRET_ENV: 'D E' },
      'project file': { secretEnv: ['F'] },
      'user file': { secretEnv: 'G' },
    };
    expect(setting('secretEnv', given)).toEqual({
      value: ['G', 'F', 'D', 'E', 'A', 'B', 'C'],
      from: `${USER}, ${FILE}, SLUICE_SECRET_ENV, --secret-env`,
    });
  });

  it('keep who gave what', () => {
    const given = { flags: { secretFiles: ['a'] }, 'project file': { secretFiles: ['b'] } };
    expect(settingsOf(given).get('secretFiles')?.parts).toEqual([
      { kind: 'project file', from: FILE, values: ['/repo/b'] },
      { kind: 'flags', from: '--secret-file', values: ['/here/a'] },
    ]);
  });

  it('stand in files beside the one that names them', () => {
    const value = setting('secretFiles', {
      'project file': { secretFiles: ['ci/known.txt', '../up', '/abs'] },
      'user file': { secretFiles: 'known' },
    })?.value;
    expect(value).toEqual(['/home/me/.config/sluice/known', '/repo/ci/known.txt', '/up', '/abs']);
  });

  it('may be matched by patterns, as an object or as texts', () => {
    const given = {
      flags: { secretPatterns: ['acme=ACME-\\d+=?', 'b=x, y'] },
      environment: { SLUICE_SECRET_PATTERNS: 'c=one, two\nd=three\n' },
      'project file': { secretPatterns: { e: 'E{3}', f: 'F{3}' } },
    };
    expect(setting('secretPatterns', given)?.value).toEqual([
      { kind: 'e', pattern: 'E{3}' },
      { kind: 'f', pattern: 'F{3}' },
      { kind: 'c', pattern: 'one, two' },
      { kind: 'd', pattern: 'three' },
      { kind: 'acme', pattern: 'ACME-\\d+=?' },
      { kind: 'b', pattern: 'x, y' },
    ]);
  });

  it.each<[string, Given, RegExp]>([
    [
      'a pattern',
      { 'project file': { secretPatterns: { foo: '(' } } },
      /^\/repo\/\.sluicerc\.json: secretPatterns\.foo: /,
    ],
    [
      'an empty match',
      { 'user file': { secretPatterns: { foo: 'a*' } } },
      /config\.json: secretPatterns\.foo: .*empty/,
    ],
    ['a kind', { 'user file': { secretPatterns: { 'a b': 'x' } } }, /secretPatterns\.a b: "a b" cannot name a kind/],
    ['a kind with a sign', { 'user file': { secretPatterns: { 'a=b': 'x' } } }, /secretPatterns\.a=b: .*no "="/],
    ['a number', { 'user file': { secretPatterns: { foo: 1 } } }, /secretPatterns\.foo: "1" is not a text/],
    ['a flag', { flags: { secretPatterns: ['foo=['] } }, /^--secret-pattern: .*"foo" is no regular expression/],
    ['no kind', { flags: { secretPatterns: ['=x'] } }, /^--secret-pattern: a pattern is written KIND=REGEX/],
    ['a long one', { flags: { secretPatterns: [`foo=${'x'.repeat(513)}`] } }, /^--secret-pattern: .*longer than 512/],
    ['a variable', { environment: { SLUICE_SECRET_ENV: 'A,B=c' } }, /^SLUICE_SECRET_ENV: "B=…" is not the name of a/],
    ['nothing', { flags: { secretEnv: [''] } }, /^--secret-env: "" is not a name/],
    ['an allowed pattern', { flags: { allowSecretPatterns: ['('] } }, /^--allow-secret-pattern: /],
    ['what is no list', { 'user file': { allowSecretKinds: {} } }, /allowSecretKinds: "\{\}" is not a text/],
  ])('name what is wrong with %s', (_, given, message) => {
    expect(() => settingsOf(given)).toThrow(failing(message));
  });

  it.each<[string, Given]>([
    ['a pattern without its kind', { flags: { secretPatterns: ['swordfish'] } }],
    ['a variable with its value', { flags: { secretEnv: ['PASSWORD=swordfish'] } }],
    ['an allowed value of the wrong type', { 'user file': { allowSecretValues: { a: 'swordfish' } } }],
  ])('are not shown in the error for %s', (_, given) => {
    expect(() => settingsOf(given)).toThrow(failing(/^(?!.*swordfish)/));
  });

  it.each<[string, unknown]>([
    ['allowSecretKinds', ['jwt']],
    ['allowSecretValues', ['x'.repeat(20)]],
    ['allowSecretPatterns', ['x{20}']],
    ['redactInput', false],
    ['noRedact', true],
  ])('are never let through by a project: %s', (name, value) => {
    expect(() => settingsOf({ 'project file': { [name]: value } })).toThrow(failing(/can only narrow/));
    expect(setting(name, { 'user file': { [name]: value } })?.value).toEqual(value);
  });

  it('are let through by the highest layer that says so, alone', () => {
    const given = {
      environment: { SLUICE_ALLOW_SECRET_KINDS: 'jwt, cookie' },
      'user file': { allowSecretKinds: ['a'] },
    };
    expect(setting('allowSecretKinds', given)).toEqual({ value: ['jwt', 'cookie'], from: 'SLUICE_ALLOW_SECRET_KINDS' });
  });

  it('are masked on the way in unless somebody says otherwise', () => {
    expect(setting('redactInput', {})).toEqual({ value: true, from: 'default' });
    expect(setting('redactInput', { environment: { SLUICE_REDACT_INPUT: 'off' } })?.value).toBe(false);
    const below = { 'project file': { redactInput: true }, 'user file': { redactInput: false } };
    expect(setting('redactInput', below)?.value).toBe(true);
    expect(setting('redactInput', { ...below, flags: { redactInput: false } })?.value).toBe(false);
  });
});

describe('whereOf', () => {
  it.each([
    ['timeout', '--timeout', '--timeout'],
    ['timeout', 'SLUICE_TIMEOUT', 'SLUICE_TIMEOUT'],
    ['timeout', 'CLAUDE_CODE_MAX_EXECUTION_TIME', 'CLAUDE_CODE_MAX_EXECUTION_TIME'],
    ['timeout', '/repo/.sluicerc.json', '/repo/.sluicerc.json: timeout'],
  ])('of %s from %s is %s', (name, from, where) => {
    expect(whereOf(optionOf(name), from)).toBe(where);
  });
});

describe('flagOf', () => {
  it.each([
    ['output', '--output'],
    ['allowedTools', '--allowed-tools'],
    ['continue', '--continue'],
    ['noRedact', '--no-redact'],
    ['claudePath', '--claude'],
    ['redactInput', '--redact-input'],
    ['secretPatterns', '--secret-pattern'],
  ])('of %s is %s', (name, flag) => {
    expect(flagOf(optionOf(name))).toBe(flag);
  });
});

function optionOf(name: string) {
  const option = OPTIONS.find((one) => one.name === name);
  if (option === undefined) throw new Error(`no option ${name}`);
  return option;
}
