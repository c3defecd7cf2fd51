import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTemplate } from '../../../src/templates/read-template.ts';
import { SHIPPED } from '../../../src/templates/shipped.ts';
import { allSources, findSource } from '../../../src/templates/find-template.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** A user's folder, and a project with a folder in it, where one stands. */
function place(files: Readonly<Record<string, string>> = {}) {
  const folder = temporaryFolder({ 'project/sub/x': '', 'elsewhere/x': '', ...files });
  const at = (path: string): string => join(folder, path);
  return { at, standpoint: { cwd: at('project/sub'), env: { XDG_CONFIG_HOME: at('xdg') } } };
}

const MINE = 'xdg/sluice/templates';
const THEIRS = 'project/.sluice/templates';

const usage = (message: RegExp) => expect.objectContaining({ code: 'usage', message: expect.stringMatching(message) });

describe('a template is found', () => {
  it('by its name: the user’s own, sluice’s, and the project’s, the nearest upwards', () => {
    const { at, standpoint } = place({
      [`${MINE}/a.md`]: 'a',
      [`${THEIRS}/b.md`]: 'b',
      [`${THEIRS}/c.txt`]: 'c',
      [`${THEIRS}/$(d).md`]: 'd',
    });
    const names = allSources(standpoint).map(({ name }) => name);
    expect(names).toEqual(['a', ...SHIPPED.keys(), 'b']);
    expect(findSource('a', standpoint)).toMatchObject({ origin: 'own', path: at(`${MINE}/a.md`), root: null });
    expect(findSource('b', standpoint)).toMatchObject({ origin: 'project', root: at('project') });
    expect(findSource('log-triage', standpoint)).toMatchObject({ origin: 'shipped', path: null });
  });

  it('as the user’s own, where sluice has one of that name', () => {
    const { standpoint } = place({ [`${MINE}/log-triage.md`]: 'a' });
    expect(findSource('log-triage', standpoint).origin).toBe('own');
    expect(allSources(standpoint).filter(({ name }) => name === 'log-triage')).toHaveLength(1);
  });

  it('never as the project’s, where somebody else has one of that name', () => {
    const { standpoint } = place({
      [`${MINE}/a.md`]: 'a',
      [`${THEIRS}/a.md`]: 'evil',
      [`${THEIRS}/log-triage.md`]: 'evil',
    });
    expect(findSource('a', standpoint).origin).toBe('own');
    expect(findSource('log-triage', standpoint).origin).toBe('shipped');
    expect(allSources(standpoint).flatMap(({ name, isShadowed }) => (isShadowed ? [name] : []))).toEqual([
      'a',
      'log-triage',
    ]);
  });

  it.each([
    ['in the user’s folder', `../../${MINE}/a.md`, 'own', null],
    ['elsewhere', '../../elsewhere/a.md', 'own', null],
    ['below the current folder', 'a.md', 'project', 'project/sub'],
    ['in a checkout', '../../checkout/deep/a.md', 'project', 'checkout'],
    ['in another project', '../../other/a.md', 'project', 'other'],
    ['in a checkout, by a link to it', '../../link.md', 'project', 'checkout'],
  ])('by its path, %s', (_, path, origin, root) => {
    const { at, standpoint } = place({
      [`${MINE}/a.md`]: '',
      'elsewhere/a.md': '',
      'project/sub/a.md': '',
      'checkout/.git/HEAD': '',
      'checkout/deep/a.md': '',
      'other/.sluice/x': '',
      'other/a.md': '',
    });
    symlinkSync(at('checkout/deep/a.md'), at('link.md'));
    expect(findSource(path, standpoint)).toMatchObject({ origin, root: root === null ? null : at(root) });
  });

  it.each([
    ['log-triag', /^there is no template "log-triag"; did you mean log-triage\?$/],
    ['zzzzzz', /^there is no template "zzzzzz"; "sluice templates" lists them$/],
    ['a.txt', /^there is no template "a.txt"; for the file of that name, say \.\/a\.txt$/],
  ])('or not: %s', (name, message) => {
    expect(() => findSource(name, place({ 'project/sub/a.txt': '' }).standpoint)).toThrow(usage(message));
  });

  it('in no home', () => {
    expect(allSources({ cwd: '/', env: { HOME: '/nowhere' } }).map(({ name }) => name)).toEqual([...SHIPPED.keys()]);
  });
});

describe('a template is read', () => {
  const readAt = (path: string, { standpoint }: ReturnType<typeof place>) => readTemplate(findSource(path, standpoint));

  it('in UTF-16, too', async () => {
    const here = place();
    writeFileSync(here.at('elsewhere/a.md'), Buffer.from('\uFEFFGröße?', 'utf16le'));
    expect((await readAt('../../elsewhere/a.md', here)).pieces).toEqual([{ kind: 'words', words: 'Größe?' }]);
  });

  it.each([
    ['../..', /cannot be read: it is not a plain file$/],
    ['..', /cannot be read: it is not a plain file$/],
    ['a/b', /cannot be read: no such file or directory \(ENOENT\)$/],
    ['/dev/zero', /cannot be read: it is not a plain file$/],
    ['huge.md', /cannot be read: it has 300000 bytes, over the limit of 262144$/],
    ['binary.md', /cannot be read: .*image/],
    ['wrong.md', /wrong\.md:2: there is no field "modell"; did you mean model\? \(and 1 more: sluice templates check /],
  ])('or refused: %s', async (path, message) => {
    const here = place({ 'project/sub/wrong.md': '---\nmodell: x\n---\n{{x}}' });
    writeFileSync(here.at('project/sub/huge.md'), '');
    truncateSync(here.at('project/sub/huge.md'), 300_000);
    writeFileSync(here.at('project/sub/binary.md'), Buffer.from('89504e470d0a1a0a0000000d49484452ffff00', 'hex'));
    await expect(readAt(path, here)).rejects.toThrow(usage(message));
  });

  it('and not where a link leads out of its project', async () => {
    const here = place({ 'elsewhere/secret.md': 'secret' });
    mkdirSync(here.at(THEIRS), { recursive: true });
    symlinkSync(here.at('elsewhere/secret.md'), here.at(`${THEIRS}/a.md`));
    await expect(readAt('a', here)).rejects.toThrow(usage(/a\.md cannot be read: it is not in the project, /));
  });
});

describe.each([...SHIPPED.keys()])('%s', (name) => {
  it('is sound, and has all it needs in the words that a model reads', async () => {
    const template = await readTemplate(findSource(name, place().standpoint));
    expect(template.description).toMatch(/\S/);
    expect(template.variables.filter(({ description }) => description === '')).toEqual([]);
    expect(template.variables.filter(({ required }) => required)).toEqual([]);
  });
});
