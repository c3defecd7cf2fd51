import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { begin, succeed } from '../../support/fake.ts';
import { emptyFolder } from '../../support/folder.ts';
import { sluice } from '../../support/sluice.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Where the command lies, with what was compiled when it was built as `change` leaves it. */
function copied(change: (compiled: string) => void): string {
  const folder = emptyFolder();
  for (const part of ['package.json', 'bin', 'dist/cli', 'dist/compiled'])
    cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  change(join(folder, 'dist/compiled'));
  return join(folder, 'bin/sluice.js');
}

function eachFile(change: (bytes: Buffer) => Buffer): (compiled: string) => void {
  return (compiled) => {
    for (const entry of readdirSync(compiled, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile()) writeFileSync(path, change(readFileSync(path)));
    }
  };
}

/** The files that stand in another one: those that a run loads before claude is started, and those that it loads then. */
function filesOfRuns(): readonly string[] {
  const folder = join(ROOT, 'dist/cli');
  const chunks = join(folder, 'chunks');
  const [later = ''] = readdirSync(chunks).filter((name) => name.startsWith('later-'));
  const requires = [
    readFileSync(join(folder, 'command.js'), 'utf8'),
    readFileSync(join(chunks, later), 'utf8'),
  ].flatMap((text) => [...text.matchAll(/require\("\.\/(?:chunks\/)?(.+?)"\)/g)].map(([, name = '']) => name));
  return [...new Set(requires)].map((name) => join(chunks, name));
}

describe('what a run loads', () => {
  it('is ASCII, which V8 reads and keeps at half the price: other characters of a pattern are escaped', () => {
    const files = filesOfRuns();
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) expect(readFileSync(file, 'utf8').match(/.{0,40}[^\0-\x7F].{0,40}/)?.[0]).toBeUndefined();
  });

  it('has no schemas in it, and nothing to make some: the shapes of messages are what is left of them', () => {
    for (const file of filesOfRuns())
      expect(readFileSync(file, 'utf8').match(/.{0,40}\b_zod\b.{0,40}/)?.[0]).toBeUndefined();
  });
});

describe('a clone that is not built', () => {
  it('is told of, with what builds it', async () => {
    const folder = emptyFolder();
    for (const part of ['package.json', 'bin']) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
    const run = await sluice(['hi'], { bin: join(folder, 'bin/sluice.js') });
    expect(run).toMatchObject({ exitCode: 70, stdout: '', stderr: expect.stringContaining(`in ${folder}: npm ci`) });
  });
});

describe('what a command loads', () => {
  const folder = join(ROOT, 'dist/cli/packs');

  it('is in one file, as far as every command loads it', () => {
    const pack = readFileSync(join(folder, 'command.js'), 'utf8');
    const command = readFileSync(join(folder, '../command.js'), 'utf8');
    const chunks = [...command.matchAll(/require\("\.\/(.+?)"\)/g)].map(([, name = '']) => name);
    expect(chunks.length).toBeGreaterThan(0);
    expect(pack).toContain(command);
    for (const name of chunks) expect(pack).toContain(readFileSync(join(folder, '..', name), 'utf8'));
  });

  it.each(['open-answers-', 'open-gateway-', 'serve-', 'mcp-'])('is in one more file, for %s', (first) => {
    const pack = readdirSync(folder).find((name) => name.startsWith(first)) ?? '';
    const text = readFileSync(join(folder, pack), 'utf8');
    const [trigger, ...others] = [...text.matchAll(/^\[?\["(\.\.\/[^"]+)",/gm)].map(([, path = '']) => path);
    expect(trigger).toBe(`../chunks/${pack}`);
    expect(others.length).toBeGreaterThan(1);
    for (const path of others) expect(text).toContain(readFileSync(join(folder, path), 'utf8'));
  });
});

describe('a command without what was compiled when it was built', () => {
  it.each([
    ['is compiled when it is run', (compiled: string) => rmSync(compiled, { recursive: true })],
    ['where that is of another V8', eachFile((bytes) => Buffer.concat([Buffer.alloc(16, 7), bytes.subarray(16)]))],
    ['where that was cut short', eachFile((bytes) => bytes.subarray(0, bytes.length / 2))],
    ['where that is empty', eachFile(() => Buffer.alloc(0))],
  ])('%s', async (_, change) => {
    const run = await sluice(['hi'], { bin: copied(change), fake: [...begin, ...succeed] });
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
  });
});
