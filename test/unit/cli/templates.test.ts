import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../../../src/main.ts';
import { SHIPPED } from '../../../src/templates/shipped.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { fakeIo, type FakeProcess, piped } from './fake-io.ts';

const KEY = `ghp_${'aB3dE5fG7h'.repeat(4).slice(0, 36)}`;

const FILES = {
  'xdg/sluice/templates/mine.md': `---\ndescription: mine, ${KEY}\nvars: { who: { required: true }, n: }\n---\nWho is {{who}}?\n`,
  '.sluice/templates/theirs.md': '---\nmaxTurns: 3\n---\n\u001B[31mred {{file:x}}\n',
  '.sluice/templates/mine.md': 'evil',
};

/** One command line, and what came of it. */
async function sluice(argv: readonly string[], files: Readonly<Record<string, string>> = FILES, own: FakeProcess = {}) {
  const cwd = temporaryFolder(files);
  const io = { ...fakeIo({ ...own, cwd, env: { XDG_CONFIG_HOME: join(cwd, 'xdg') } }), argv };
  const code = await main(io);
  const { out, err } = io.printed();
  return { code, out: out.replaceAll(cwd, '.'), err: err.replaceAll(cwd, '.') };
}

const templates = (...argv: readonly string[]) => sluice(['templates', ...argv]);

describe('sluice templates', () => {
  it('lists them, a line each', async () => {
    const { code, out } = await templates();
    expect(code).toBe(0);
    expect(out).toMatch(/^mine +your own +mine, \[REDACTED:github-token#1\] · who \[n\]$/m);
    expect(out).toMatch(/^log-triage +sluice +why did it fail\?/m);
    expect(out).toMatch(/^mine +project +passed over, its name is taken; say \.\/\.sluice\/templates\/mine\.md$/m);
    expect(out.trimEnd().split('\n')).toHaveLength(3 + SHIPPED.size);
  });

  it('lists them as JSON', async () => {
    const { out } = await templates('list', '--json');
    const all: unknown = JSON.parse(out);
    expect(all).toContainEqual({
      name: 'mine',
      origin: 'own',
      path: './xdg/sluice/templates/mine.md',
      description: 'mine, [REDACTED:github-token#1]',
      variables: [
        { name: 'who', type: 'text', required: true },
        { name: 'n', type: 'text', required: false },
      ],
    });
    expect(all).toContainEqual(expect.objectContaining({ name: 'mine', origin: 'project', shadowed: true }));
  });

  it('says which of them has a mistake', async () => {
    const { code, out } = await sluice(['templates'], { '.sluice/templates/bad.md': '---\nmodell: x\n---\nx' });
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/^bad +project +a mistake in line 2: there is no field "modell"/m),
    ]);
  });

  it('shows one as it is, but for secrets, and on a terminal for what acts on it', async () => {
    expect((await templates('show', 'theirs')).out).toBe(FILES['.sluice/templates/theirs.md']);
    expect((await sluice(['templates', 'show', 'theirs'], FILES, { isTTY: true })).out).toContain('␛[31mred');
    expect((await templates('show', 'mine')).out).toContain('description: mine, [REDACTED:github-token#1]\n');
    expect(JSON.parse((await templates('show', 'theirs', '--json')).out)).toMatchObject({
      fields: { maxTurns: 3 },
      text: FILES['.sluice/templates/theirs.md'],
    });
  });

  it.each([...SHIPPED.keys()])('shows %s byte for byte', async (name) => {
    const file = new URL(`../../../src/templates/shipped/${name}.md`, import.meta.url);
    expect((await templates('show', name)).out).toBe(readFileSync(file, 'utf8'));
  });

  it('checks all of them', async () => {
    expect(await templates('check')).toEqual({
      code: 0,
      out: '',
      err:
        'sluice: warning: ./.sluice/templates/mine.md is passed over: its name is taken\n' +
        `sluice: no mistakes in ${3 + SHIPPED.size} templates\n`,
    });
  });

  it('tells every mistake with its line', async () => {
    const files = { 'a.md': '---\nallowedTools: Bash\n---\n{{x}}\n{{env:HOME}}', 'b.md': 'fine' };
    expect(await sluice(['templates', 'check', 'a.md', 'b.md', './none.md'], files)).toEqual({
      code: 2,
      out: [
        './a.md:2: allowedTools: a template of the project can only narrow; use --allowed-tools, SLUICE_ALLOWED_TOOLS or a template among your own',
        './a.md:4: {{x}}: there is no variable "x"; declare it in the front matter (vars)',
        './a.md:5: {{env:HOME}}: a template of the project cannot read the environment',
        './none.md cannot be read: no such file or directory (ENOENT)',
        '',
      ].join('\n'),
      err: '',
    });
    const { code, out } = await sluice(['templates', 'check', 'a.md', '--json'], files);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      templates: [{ name: 'a', problems: [{ line: 2 }, { line: 4 }, { line: 5 }] }],
    });
  });

  it.each([
    [['chek'], /^sluice: usage: sluice templates chek: did you mean check\?; to ask claude about it, say -p\n$/],
    [['list', 'x'], /^sluice: usage: x: to see one, say sluice templates show NAME\n$/],
    [['show'], /^sluice: usage: sluice templates show: say the name of one template/],
    [['show', 'mien'], /^sluice: usage: there is no template "mien"; /],
    [['-o', 'pretty'], /^sluice: usage: -o pretty: sluice templates prints text or JSON\n$/],
    [['--model', 'x'], /^sluice: usage: --model: it is for runs, not for sluice templates\n$/],
  ])('refuses %j', async (argv, message) => {
    const { code, err } = await templates(...argv);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});

describe('a run with -t', () => {
  it('shows with --dry-run what would be sent, and says what is passed over', async () => {
    const run = await sluice(['--dry-run', '-t', 'mine', '--var', `who=${KEY}`, 'and why?'], FILES, {
      stdin: piped('a log\n'),
    });
    expect(run.code).toBe(0);
    expect(run.out.replaceAll(/ mark="\w+"/g, '')).toBe(
      [
        '<attachment name="prompt">\nand why?\n</attachment>',
        '<attachment name="stdin">\na log\n</attachment>',
        '<attachment name="who">\n[REDACTED:github-token#1]\n</attachment>',
        'Who is [who, attached above]?\n\nMind as well what the user says: [prompt, attached above].\n',
      ].join('\n'),
    );
    expect(run.err).toContain(
      'sluice: warning: ./.sluice/templates/mine.md is passed over: ./xdg/sluice/templates/mine.md has its name; say its path to use it\n',
    );
  });

  it.each([
    [['-t', 'mine'], /^sluice: usage: .*mine\.md needs --var who=…\n$/m],
    [['-t', 'mine', '--var', 'who'], /^sluice: usage: --var: "who" is not NAME=VALUE\n$/m],
    [['--var', 'a=b', 'hi'], /^sluice: usage: --var: it is for a template; name one with -t\n$/],
    [['-t', '../x/y'], /^sluice: usage: .* cannot be read: no such file or directory \(ENOENT\)\n$/],
    [['-t', ''], /^sluice: usage: --template: "" is not a name or a path\n$/],
    [['-t', '..'], /^sluice: usage: .* cannot be read: it is not a plain file\n$/],
    [['-t', 'theirs'], /^sluice: usage: .*theirs\.md: \{\{file:x\}\}: it does not exist\n$/],
    [['redact', '-t', 'mine'], /^sluice: usage: --template: it is for runs, not for sluice redact\n$/m],
  ])('is refused: %j', async (argv, message) => {
    const { code, err } = await sluice([...argv, '--dry-run']);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  it('is a layer of settings that sluice config names', async () => {
    const { out } = await sluice(['config', '-t', 'theirs', '--quiet']);
    expect(out).toMatch(/^--max-turns +3 +\.\/\.sluice\/templates\/theirs\.md$/m);
    expect((await sluice(['config', '-t', 'pr-review'])).out).toMatch(/^--max-turns +30 +template pr-review$/m);
    expect((await sluice(['config', '-t', 'pr-review', '--max-turns', '4'])).out).toMatch(
      /^--max-turns +4 +--max-turns$/m,
    );
  });
});
