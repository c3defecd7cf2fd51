import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPage } from '../help/pages.ts';
import { parseTemplate, type Whereabouts } from '../../../src/templates/parse-template.ts';

const OWN: Whereabouts = { name: 't', origin: 'own', source: '/own/t.md', path: '/own/t.md', root: null };
const PROJECT: Whereabouts = { ...OWN, origin: 'project', root: '/own' };

const parse = (file: string, whereabouts = OWN) => parseTemplate(file, whereabouts);
/** What is wrong with it, as `line: message`. */
const problems = (file: string, whereabouts = OWN): string[] =>
  parse(file, whereabouts).problems.map(({ line, message }) => `${line}: ${message}`);
/** With this front matter and a text. */
const headed = (...lines: readonly string[]): string => ['---', ...lines, '---', 'why?', ''].join('\n');

/** A few lines of YAML that stand for millions. */
function bomb(): string[] {
  const levels = [...'abcdefg'];
  return levels.map((name, level) => {
    const below = level === 0 ? 'x' : `*${levels[level - 1]}`;
    return `${name}: &${name} [${Array.from({ length: 9 }, () => below).join(', ')}]`;
  });
}

describe('a template', () => {
  it('may be a text alone', () => {
    const { template, problems } = parse('Why?\n');
    expect(problems).toEqual([]);
    expect(template).toMatchObject({ fields: {}, variables: [], pieces: [{ kind: 'words', words: 'Why?\n' }] });
  });

  it('has fields of a run, variables and a description above it', () => {
    const { template, problems } = parse(
      headed('description: asks', 'model: sonnet', 'tools: [Read]', 'vars:', '  a: { required: true }', '  b:'),
    );
    expect(problems).toEqual([]);
    expect(template.description).toBe('asks');
    expect(template.fields).toEqual({ model: 'sonnet', tools: ['Read'] });
    expect(template.variables).toMatchObject([
      { name: 'a', type: 'text', required: true, default: null },
      { name: 'b', required: false },
    ]);
  });

  it('may have the line ends of Windows', () => {
    const { template, problems } = parse('---\r\nmodel: sonnet\r\n---\r\nwhy?\r\n{{stdin}}\r\n');
    expect(problems).toEqual([]);
    expect(template.fields).toEqual({ model: 'sonnet' });
    expect(template.pieces).toContainEqual({ kind: 'reference', reference: { kind: 'stdin' }, line: 5 });
  });

  it('has a rule in its text where that does not begin with one', () => {
    expect(parse('why?\n---\nmodel: x\n---\n').template.fields).toEqual({});
  });

  it.each([
    ['bad YAML', headed('a: b: c'), /^\d: not valid YAML \([a-z ]+\)$/],
    ['a key that is there twice', headed('model: a', 'model: b'), /^3: not valid YAML \(duplicate key\)$/],
    ['no object', headed('- model'), /^2: the front matter is no object/],
    ['an alias of nothing', headed('model: *x'), /^2: /],
    ['a list in itself', headed('model: &all [*all]'), /^2: the front matter cannot be read/],
    ['lists in lists without end', headed(`a: ${'['.repeat(9000)}`), /^2: /],
    ['more than anybody writes', headed(`a: ${'x'.repeat(70_000)}`), /^1: the front matter has more than 65536 /],
    ['aliases without end', headed(...bomb()), /^\d: /],
    ['a key that is no text', headed('model: x', '? [a]', ': b'), /^3: there is no field "…"$/],
    ['front matter without an end', '---\nmodel: x\nwhy?', /^1: no line of --- ends the front matter$/],
    ['no text', '---\nmodel: x\n---\n \n', /^4: there is no text/],
    ['no text at all', '', /^1: there is no text/],
    ['a field that there is not', headed('modell: x'), /^2: there is no field "modell"; did you mean model\?$/],
    ['a misspelt entry', headed('descripton: x'), /^2: there is no field "descripton"; did you mean description\?$/],
    ['an option that is no field', headed('', 'output: json'), /^3: output: a template cannot set it; say --output$/],
    ['a template in a template', headed('template: x'), /^2: template: a template cannot set it; say --template$/],
    ['a value that does not fit', headed('timeout: soon'), /^2: timeout: "soon" is not a duration/],
    ['a hostile key', headed('__proto__: { x: 1 }'), /^2: there is no field "__proto__"/],
    ['a description that is none', headed('description: [a]'), /^2: description: expected a text$/],
    ['variables that are none', headed('vars: [a]'), /^2: vars: expected an object/],
    ['a name of a variable', headed('vars:', '  a b:'), /^3: vars\.a b: a name has/],
    ['a name that is taken', headed('vars:', '  a:', '  stdin:'), /^4: vars\.stdin: the name means something else/],
    ['a type', headed('vars: { a: { type: date } }'), /^2: vars\.a: type: expected one of text, number, boolean$/],
    ['a part', headed('vars: { a: { defualt: x } }'), /^2: vars\.a: there is no "defualt"; did you mean default\?$/],
    ['a default', headed('vars: { a: { type: number, default: x } }'), /^2: vars\.a: default: "x" is not a number$/],
    ['a default that is no choice', headed('vars: { a: { choices: [x], default: y } }'), /"y" is not one of x$/],
    [
      'a default of what is required',
      headed('vars: { a: { required: true, default: y } }'),
      /one of them is too many$/,
    ],
    ['names of variables of the environment', headed('env: [1]'), /^2: env: expected a list of names/],
  ])('is refused for %s', (_, file, message) => {
    const found = problems(file);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(message);
  });

  it('is told all that is wrong with it, in the order of its lines', () => {
    const file = '---\nvars: { a: }\nmodl: x\n---\n{{b}}\n{{#if a}}\n{{env:HOME}}\n';
    expect(problems(file).map((problem) => problem.slice(0, 1))).toEqual(['3', '5', '6', '7']);
  });

  it('never quotes what YAML goes wrong at: a link may lead to anything', () => {
    expect(problems('---\nkey: "hunter2\n---\nwhy?').join('')).not.toContain('hunter2');
  });
});

it('is as the help shows it', () => {
  const [, sample = ''] = /```markdown\n([^]*?)```/.exec(readPage('src/help/templates.md')) ?? [];
  expect(problems(sample)).toEqual([]);
  expect(parse(sample).template.variables).toMatchObject([{ name: 'code' }, { name: 'depth', default: 'short' }]);
});

describe('a template of the project', () => {
  it('may narrow', () => {
    const file = headed('maxTurns: 3', 'disallowedTools: [Bash]', 'permissionMode: plan', 'redactInput: true');
    expect(problems(file, PROJECT)).toEqual([]);
  });

  it.each([
    'allowedTools: [Bash]',
    'permissionMode: acceptEdits',
    'permissionMode: bypassPermissions',
    'dangerouslySkipPermissions: true',
    'noRedact: true',
    'redactInput: false',
    'addDir: [/]',
    'mcpConfig: x.json',
    'settings: { env: { A: b } }',
    'claudePath: ./claude',
    'cwd: /',
    'rawInput: true',
    'systemPromptFile: /etc/passwd',
  ])('is refused for %s', (line) => {
    expect(problems(headed(line), PROJECT)).toEqual([
      expect.stringMatching(/^2: \w+: a template of the project can only narrow/),
    ]);
    expect(problems(headed(line))).toEqual([]);
  });

  it.each(['../x', '/etc/passwd', 'a/../../x'])('attaches no %s', (path) => {
    expect(problems(`{{file:${path}}}`, PROJECT)).toEqual([
      `1: {{file:${path}}}: a template of the project attaches nothing outside of it`,
    ]);
    expect(problems(`{{file:${path}}}`)).toEqual([]);
  });

  it('cannot read the environment', () => {
    expect(problems(headed('env: [HOME]'), PROJECT)).toHaveLength(1);
    expect(problems('{{env:HOME}}', PROJECT)).toEqual([
      '1: {{env:HOME}}: a template of the project cannot read the environment',
    ]);
  });
});

describe('the text', () => {
  const withVariables = (text: string): string => `---\nvars: { a: , service: }\nenv: [CI]\n---\n${text}`;

  it.each([
    ['{{a}}', { kind: 'variable', name: 'a' }],
    ['{{ a }}', { kind: 'variable', name: 'a' }],
    ['{{stdin}}', { kind: 'stdin' }],
    ['{{prompt}}', { kind: 'prompt' }],
    ['{{env:CI}}', { kind: 'env', name: 'CI' }],
    ['{{file:.github/a b (1).md}}', { kind: 'file', path: '.github/a b (1).md' }],
    ['{{file: ../up.md }}', { kind: 'file', path: '../up.md' }],
  ])('refers by %s', (text, reference) => {
    const { template, problems } = parse(withVariables(text));
    expect(problems).toEqual([]);
    expect(template.pieces).toEqual([{ kind: 'reference', reference, line: 5 }]);
  });

  it.each([
    ['{{servce}}', 'there is no variable "servce"; did you mean service?'],
    ['{{constructor}}', 'there is no variable "constructor"'],
    ['{{__proto__}}', 'there is no variable "__proto__"'],
    ['{{env:HOME}}', 'list HOME in the front matter (env)'],
    ['{{file:}}', 'a name is missing'],
    ['{{}}', 'this is no name'],
    ['{{ .Values.x }}', 'this is no name'],
    ['{{> partial}}', 'this is no name'],
    ['{{#each a}}', 'this is no name'],
    ['{{{a}}}', 'has no }}'],
    ['{{a', 'has no }}'],
    ['{{a\n}}', 'has no }}'],
    ['{{else}}', 'there is no {{#if …}} for it'],
    ['{{/if}}', 'there is no {{#if …}} for it'],
    ['{{#if a}}', '{{#if …}} has no {{/if}}'],
    ['{{#if a}}'.repeat(21) + '{{/if}}'.repeat(21), 'more than 20 conditions stand in each other'],
    [`{{${'x'.repeat(100_000)}}}`, '{{…}}: this is no name'],
    ['{{env:A B}}', 'this is no name of a variable'],
    ['{{#if a}}{{else}}{{else}}{{/if}}', 'there is no {{#if …}} for it'],
    ['{{#if}}{{/if}}', 'this is no name'],
    ['{{#if b}}{{/if}}', 'there is no variable "b"'],
    ['{{#if file:x}}{{/if}}', 'a file has to be there'],
  ])('is refused for %s', (text, message) => {
    const found = problems(withVariables(`one\n${text}`));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^6: /);
    expect(found[0]).toContain(message);
  });

  it('has braces that are meant', () => {
    expect(parse(String.raw`\{{a}} and }} { {`).template.pieces).toEqual([
      { kind: 'words', words: '{{' },
      { kind: 'words', words: 'a}} and }} { {' },
    ]);
  });

  it('is read to its end, whatever it is', () => {
    const tokens = fc.constantFrom(
      '{{',
      '}}',
      '{{a}}',
      '{{#if a}}',
      '{{else}}',
      '{{/if}}',
      '\\',
      '\n',
      ' ',
      'x',
      '---',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(tokens, fc.string())), (parts) => {
        const { problems } = parse(withVariables(`x${parts.join('')}`));
        for (const { line, message } of problems) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(message).not.toBe('');
        }
      }),
    );
  });
});
