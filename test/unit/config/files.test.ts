import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { namedLayer, projectLayer, userLayer } from '../../../src/config/files.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const failing = (message: RegExp) =>
  expect.objectContaining({ code: 'usage', message: expect.stringMatching(message) });

describe("a project's file", () => {
  it.each([
    ['.sluicerc.json', '{"model":"opus"}'],
    ['.sluicerc.yaml', 'model: opus # the big one\n'],
    ['.sluicerc.yml', 'model: opus'],
    ['package.json', '{"name":"x","sluice":{"model":"opus"}}'],
  ])('is %s', async (name, text) => {
    const folder = temporaryFolder({ [name]: text });
    expect(await projectLayer(folder)).toEqual({
      name: expect.stringContaining(join(folder, name)),
      kind: 'project file',
      values: { model: 'opus' },
      folder,
    });
  });

  it.each(['.sluicerc.json', '.sluicerc.yaml'])('may be in UTF-16 or have a byte order mark: %s', async (name) => {
    const text = name.endsWith('.json') ? '{"model":"größe"}' : 'model: größe';
    const folder = temporaryFolder();
    for (const bytes of [Buffer.from(`\uFEFF${text}`), Buffer.from(`\uFEFF${text}`, 'utf16le')]) {
      writeFileSync(join(folder, name), bytes);
      expect((await projectLayer(folder))?.values).toEqual({ model: 'größe' });
    }
  });

  it('is the nearest upwards, of whichever kind', async () => {
    const folder = temporaryFolder({
      '.sluicerc.json': '{"model":"far"}',
      'a/package.json': '{"sluice":{"model":"near"}}',
      'a/b/package.json': '{"name":"no settings here"}',
      'a/b/c/deep.txt': '',
    });
    expect((await projectLayer(join(folder, 'a/b/c')))?.values).toEqual({ model: 'near' });
    expect((await projectLayer(folder))?.values).toEqual({ model: 'far' });
  });

  it('is our own before package.json, and JSON before YAML', async () => {
    const folder = temporaryFolder({
      '.sluicerc.json': '{"model":"json"}',
      '.sluicerc.yaml': 'model: yaml',
      'package.json': '{"sluice":{"model":"package"}}',
    });
    expect((await projectLayer(folder))?.values).toEqual({ model: 'json' });
  });

  it.each([
    ['there is none', {}],
    ["somebody's package.json is broken", { 'package.json': '{"sluice": {' }],
    ['"sluice" is but a dependency', { 'package.json': '{"dependencies":{"sluice":"1"}}' }],
    ['"sluice" is no object', { 'package.json': '{"sluice":"yes"}' }],
  ])('is none where %s', async (_, files) => {
    expect(await projectLayer(temporaryFolder(files))).toBeNull();
  });

  it.each([
    ['broken JSON', '.sluicerc.json', '{"model":', /^.*\.sluicerc\.json: not valid JSON/],
    ['broken YAML', '.sluicerc.yaml', 'a: [1\nb: 2', /^.*\.sluicerc\.yaml: not valid YAML/],
    ['a list in itself', '.sluicerc.yaml', 'model: &all [*all]', /^.*\.sluicerc\.yaml: not valid YAML/],
    [
      'levels without end',
      '.sluicerc.json',
      `{"a":${'['.repeat(60_000)}${']'.repeat(60_000)}}`,
      /more than 500 levels deep/,
    ],
    [
      'levels without end among others',
      'package.json',
      `{"sluice":{"a":${'['.repeat(600)}${']'.repeat(600)}}}`,
      /package\.json: it is nested more than 500 levels deep/,
    ],
    ['a list', '.sluicerc.json', '[1]', /expected an object of options/],
    ['a text', '.sluicerc.yaml', 'hello', /expected an object of options/],
  ])('names itself when it holds %s, in one line', async (_, name, text, message) => {
    const folder = temporaryFolder({ [name]: text });
    const error = failing(message);
    await expect(projectLayer(folder)).rejects.toThrow(error);
    await expect(projectLayer(folder)).rejects.toThrow(failing(/^[^\n]+$/));
  });

  it.each([
    ['.sluicerc.json', `{"model": ${'token-'.repeat(2)}}`],
    ['.sluicerc.yaml', `a: [token-token-\nb: token-`],
  ])('quotes nothing of what it could not read, for a link may lead to a secret: %s', async (name, text) => {
    const told = await projectLayer(temporaryFolder({ [name]: text })).catch(String);
    expect(told).toMatch(/not valid (?:JSON|YAML)/);
    expect(told).not.toContain('token-');
  });

  it('refuses a file that is far too large', async () => {
    const folder = temporaryFolder({ '.sluicerc.json': ' '.repeat(2_000_000) });
    await expect(projectLayer(folder)).rejects.toThrow(failing(/cannot be read: it has 2000000 bytes/));
  });

  it.each(['', '# nothing yet\n', 'null'])('may be empty: %j', async (text) => {
    expect((await projectLayer(temporaryFolder({ '.sluicerc.yaml': text })))?.values).toEqual({});
  });

  it('that is no plain file cannot be read, and says so', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, '.sluicerc.json'));
    await expect(projectLayer(folder)).rejects.toThrow(
      failing(/\.sluicerc\.json cannot be read: it is not a plain file/),
    );
  });

  it('that cannot be reached says so', async () => {
    const folder = temporaryFolder();
    symlinkSync('.sluicerc.json', join(folder, '.sluicerc.json'));
    await expect(projectLayer(folder)).rejects.toThrow(failing(/cannot be read: .*ELOOP/));
  });
});

describe("the user's file", () => {
  it('is in $XDG_CONFIG_HOME/sluice', async () => {
    const folder = temporaryFolder({ 'sluice/config.yaml': 'timeout: 5m' });
    expect(await userLayer({ XDG_CONFIG_HOME: folder, HOME: '/nowhere' })).toEqual({
      name: join(folder, 'sluice/config.yaml'),
      kind: 'user file',
      values: { timeout: '5m' },
      folder: join(folder, 'sluice'),
    });
  });

  it.each([undefined, ''])('is in ~/.config/sluice when XDG_CONFIG_HOME is %j', async (base) => {
    const folder = temporaryFolder({ '.config/sluice/config.json': '{"timeout":90}' });
    expect((await userLayer({ HOME: folder, XDG_CONFIG_HOME: base }))?.values).toEqual({ timeout: 90 });
  });

  it('need not be there', async () => {
    expect(await userLayer({ XDG_CONFIG_HOME: temporaryFolder() })).toBeNull();
  });
});

describe('a file that --config names', () => {
  it('is taken from the working directory', async () => {
    const folder = temporaryFolder({ 'ci/sluice.json': '{"maxTurns":3}' });
    expect(await namedLayer('--config', 'ci/sluice.json', folder)).toEqual({
      name: join(folder, 'ci/sluice.json'),
      kind: 'config file',
      values: { maxTurns: 3 },
      folder: join(folder, 'ci'),
    });
  });

  it('must be there', async () => {
    await expect(namedLayer('--config', 'gone.json', temporaryFolder())).rejects.toThrow(
      failing(/^--config: gone\.json does not exist/),
    );
  });

  it('may set what a project may not', async () => {
    const folder = temporaryFolder({ 'x.yml': 'noRedact: true' });
    expect((await namedLayer('--config', 'x.yml', folder)).values).toEqual({ noRedact: true });
  });
});
