import fc from 'fast-check';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Around, fillTemplate } from '../../../../src/cli/input/fill-template.ts';
import { composePrompt } from '../../../../src/prompt/compose.ts';
import type { Prompt } from '../../../../src/request/prompt.ts';
import { parseTemplate, type Whereabouts } from '../../../../src/templates/parse-template.ts';
import { valuesOf } from '../../../../src/templates/declared-variables.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const OWN: Whereabouts = { name: 't', origin: 'own', source: 'T', path: '/own/t.md', root: null };

interface Said extends Partial<Omit<Around, 'piped'>> {
  readonly vars?: readonly string[];
  readonly piped?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What a template becomes, given what is said; of a file, its text is its path. */
async function fill(file: string, said: Said = {}, whereabouts = OWN): Promise<Prompt> {
  const { vars = [], piped, env = {}, ...around } = said;
  const { template, problems } = parseTemplate(file, whereabouts);
  expect(problems).toEqual([]);
  return fillTemplate(
    { template, values: valuesOf(template, vars), env, cwd: '/here' },
    {
      typed: '',
      files: [],
      piped: piped === undefined ? null : { name: 'stdin', text: piped },
      read: async (path) => [{ name: 'read', text: path }],
      ...around,
    },
  );
}

const withVariables = (text: string): string =>
  `---\nvars: { a: , b: { default: preset }, yes: { type: boolean, default: false } }\nenv: [CI]\n---\n${text}`;

const usage = (message: RegExp) => expect.objectContaining({ code: 'usage', message: expect.stringMatching(message) });

describe('a template', () => {
  it('attaches what it refers to, each once, and has its name in the text', async () => {
    const text = 'Of {{a}} and {{b}}, {{a}}: {{env:CI}} {{file:Makefile}} {{file:docs/x.md}} {{stdin}} {{prompt}}';
    const said = { vars: ['a=1'], env: { CI: 'ci' }, piped: 'log', typed: 'hm', files: [{ name: 'f', text: 'F' }] };
    expect(await fill(withVariables(text), said)).toEqual({
      text:
        'Of [a, attached above] and [b, attached above], [a, attached above]: [env:CI, attached above] ' +
        '[./Makefile, attached above] [docs/x.md, attached above] [stdin, attached above] [prompt, attached above]',
      attachments: [
        { name: 'f', text: 'F' },
        { name: 'a', text: '1' },
        { name: 'b', text: 'preset' },
        { name: 'env:CI', text: 'ci' },
        { name: './Makefile', text: '/here/Makefile' },
        { name: 'docs/x.md', text: '/here/docs/x.md' },
        { name: 'stdin', text: 'log' },
        { name: 'prompt', text: 'hm' },
      ],
    });
  });

  it('says what is not given', async () => {
    const prompt = await fill(withVariables('{{a}} {{env:CI}} {{prompt}}'), { vars: ['a='], env: { CI: '' } });
    expect(prompt).toEqual({ text: '[a: not given] [env:CI: not given] [prompt: not given]', attachments: [] });
  });

  it.each([
    ['there is none', {}],
    ['there are blanks', { piped: ' \n' }],
  ])('needs what it reads from stdin: %s', async (_, said) => {
    await expect(fill('one\n{{stdin}}', said)).rejects.toThrow(
      usage(/^T:2: \{\{stdin\}\} stands for what is piped in, and nothing is/),
    );
  });

  it('needs none where a condition stands around it', async () => {
    const file = 'x{{#if stdin}} {{stdin}}{{else}} nothing{{/if}}';
    expect((await fill(file)).text).toBe('x nothing');
    expect((await fill(file, { piped: 'log' })).text).toBe('x [stdin, attached above]');
  });

  it('attaches what has no place in it, and mentions what was typed', async () => {
    expect(await fill('why?', { typed: 'hm', piped: 'log' })).toEqual({
      text: 'why?\n\nMind as well what the user says: [prompt, attached above].',
      attachments: [
        { name: 'prompt', text: 'hm' },
        { name: 'stdin', text: 'log' },
      ],
    });
  });

  it.each([
    ['{{#if a}}A{{/if}}B', [], 'B'],
    ['{{#if a}}A{{/if}}B', ['a=x'], 'AB'],
    ['{{#if a}}A{{else}}C{{/if}}B', ['a='], 'CB'],
    ['{{#if yes}}A{{else}}C{{/if}}', [], 'C'],
    ['{{#if yes}}A{{else}}C{{/if}}', ['yes=on'], 'A'],
    ['{{#if a}}false is a text{{/if}}', ['a=false'], 'false is a text'],
    ['{{#if a}}{{#if yes}}both{{else}}one{{/if}}{{/if}}.', ['a=x'], 'one.'],
    ['1\n{{#if a}}\n2\n{{else}}\n3\n{{/if}}\n4', ['a=x'], '1\n2\n4'],
    ['1\n  {{#if a}}  \n2\n{{/if}}', ['a=x'], '1\n2'],
  ])('decides %j', async (text, vars, expected) => {
    expect(await fill(withVariables(text), { vars })).toEqual({ text: expected, attachments: [] });
  });

  it('whose conditions leave nothing is refused', async () => {
    await expect(fill(withVariables('{{#if a}}x{{/if}}'))).rejects.toThrow(usage(/^T: its conditions leave nothing/));
  });

  it('that names itself shows its text', async () => {
    const own = '{{file:t.md}}';
    const prompt = await fill(own, { read: async () => [{ name: 't.md', text: own }] });
    expect(prompt).toEqual({ text: '[t.md, attached above]', attachments: [{ name: 't.md', text: own }] });
  });
});

describe('a template of the project', () => {
  const at = (root: string): Whereabouts => ({ ...OWN, origin: 'project', root });

  it('is taken literally, and reads files of the project from its folder', async () => {
    const root = temporaryFolder({ 'docs/x.md': 'x' });
    expect(await fill('/clear {{file:docs/x.md}} @x', {}, at(root))).toEqual({
      text: '/clear [docs/x.md, attached above] @x',
      attachments: [{ name: 'docs/x.md', text: join(root, 'docs/x.md') }],
      literal: true,
    });
  });

  it.each(['link', 'folder/secret', 'docs', 'none'])('reads no %s', async (path) => {
    const folder = temporaryFolder({ secret: 's', 'project/docs/x': '' });
    symlinkSync('../secret', join(folder, 'project/link'));
    symlinkSync('..', join(folder, 'project/folder'));
    await expect(fill(`{{file:${path}}}`, {}, at(join(folder, 'project')))).rejects.toThrow(
      usage(/^T: \{\{file:.*\}\}: it (?:is not in the project|is not a plain file|does not exist)/),
    );
  });
});

describe('whatever is filled in', () => {
  const value = fc.oneof(
    fc.string({ minLength: 1 }),
    fc.constantFrom(
      '@/etc/passwd',
      '/clear',
      '{{b}}',
      '{{#if a}}',
      '{{file:/etc/passwd}}',
      '{{/if}}',
      '\\{{a}}',
      '\n---\n',
    ),
  );
  const template = withVariables(
    'Look at {{a}} {{#if b}}and {{b}} {{/if}}in {{stdin}}, {{file:x}}, {{env:CI}}. {{#if yes}}{{prompt}}{{/if}}',
  );

  it.each(['user', 'project'])(
    'is never in the last block of one of the %s, and is as it was above that',
    async (whose) => {
      const isProjects = whose === 'project';
      const whereabouts: Whereabouts = isProjects
        ? { ...OWN, origin: 'project', root: temporaryFolder({ x: '' }) }
        : OWN;
      const file = isProjects ? template.replace('env: [CI]\n', '').replace(', {{env:CI}}', '') : template;
      const fixed = await fill(file, sayAll('v'), whereabouts);
      await fc.assert(
        fc.asyncProperty(value, async (text) => {
          fc.pre(text.trim() !== '');
          const prompt = await fill(file, sayAll(text), whereabouts);
          expect(prompt.text).toBe(fixed.text);
          expect(composePrompt(prompt).at(-1)).toBe(isProjects ? '' : fixed.text);
          expect(prompt.attachments?.map((one) => one.text)).toEqual(
            Array.from({ length: isProjects ? 5 : 6 }, () => text),
          );
        }),
      );
    },
  );

  function sayAll(text: string): Said {
    return {
      vars: [`a=${text}`, `b=${text}`],
      env: { CI: text },
      piped: text,
      typed: text,
      read: async () => [{ name: 'x', text }],
    };
  }
});
