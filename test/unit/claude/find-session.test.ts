import { mkdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { beganSince, folderElsewhere } from '../../../src/claude/find-session.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const ID = '11111111-2222-4333-8444-555555555555';

const lines = (...messages: readonly object[]): string =>
  messages.map((message) => `${JSON.stringify(message)}\n`).join('');

/** What claude 2.1.197 writes of a session that began in a folder. */
const transcript = (cwd: string, timestamp = '2026-01-01T00:00:00.000Z'): string =>
  lines({ type: 'queue-operation', timestamp }, { type: 'user', cwd, message: { content: 'cwd' }, timestamp });

function place(files: Readonly<Record<string, string>>, env: (folder: string) => Record<string, string>) {
  const folder = temporaryFolder(files);
  return { env: env(folder), cwd: folder };
}

const atHome = (files: Readonly<Record<string, string>>) =>
  place(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`.claude/projects/${name}`, text])),
    (HOME) => ({ HOME }),
  );

describe('the folder of a session', () => {
  it('is the one that its transcript names', () => {
    expect(folderElsewhere(ID, atHome({ [`-a-b/${ID}.jsonl`]: transcript('/a b') }))).toBe('/a b');
  });

  it('is looked for where claude keeps its configuration', () => {
    const files = { [`conf/projects/-a/${ID}.jsonl`]: transcript('/a') };
    expect(
      folderElsewhere(
        ID,
        place(files, () => ({ HOME: '/nowhere', CLAUDE_CONFIG_DIR: 'conf' })),
      ),
    ).toBe('/a');
    expect(
      folderElsewhere(
        ID,
        place(files, () => ({ HOME: '/nowhere' })),
      ),
    ).toBeNull();
  });

  it('is the newest of several', () => {
    const found = atHome({ [`-a/${ID}.jsonl`]: transcript('/a'), [`-b/${ID}.jsonl`]: transcript('/b') });
    utimesSync(join(found.cwd, `.claude/projects/-a/${ID}.jsonl`), 1, 1);
    expect(folderElsewhere(ID, found)).toBe('/b');
  });

  it('is not told when it is this one: there is another reason then', () => {
    const found = atHome({ [`-a/${ID}.jsonl`]: transcript('/a') });
    const here = join(found.cwd, 'here');
    mkdirSync(here);
    expect(folderElsewhere(ID, { ...atHome({ [`-x/${ID}.jsonl`]: transcript(here) }), cwd: here })).toBeNull();
  });

  it.each<[string, string, Readonly<Record<string, string>>]>([
    ['there is no such session', ID, { '-a/other.jsonl': transcript('/a') }],
    ['there are none', ID, {}],
    ['the id could be a path', '../../secret', { 'secret.jsonl': transcript('/a') }],
    ['the id is a title', 'my session', { '-a/my session.jsonl': transcript('/a') }],
    ['the transcript is empty', ID, { [`-a/${ID}.jsonl`]: '' }],
    ['the transcript is none', ID, { [`-a/${ID}.jsonl`]: 'no\nJSON\n7\nnull\n{"cwd":7}\n' }],
    ['its first line is not whole', ID, { [`-a/${ID}.jsonl`]: '{"cwd":"/a"' }],
    [
      'its first lines are very long',
      ID,
      { [`-a/${ID}.jsonl`]: lines({ text: 'x'.repeat(2 ** 20) }) + transcript('/a') },
    ],
  ])('is not known when %s', (_, id, files) => {
    expect(folderElsewhere(id, atHome(files))).toBeNull();
  });
});

describe('when a session began', () => {
  const time = Date.parse('2026-01-01T00:00:00.000Z');

  it('is told by its transcript', () => {
    const found = atHome({ [`-a/${ID}.jsonl`]: transcript('/a') });
    expect([time - 1, time, time + 1].map((since) => beganSince(since, ID, found))).toEqual([true, true, false]);
  });

  it('is not known without one, or where one does not tell', () => {
    expect(beganSince(0, ID, atHome({}))).toBe(false);
    expect(beganSince(0, ID, atHome({ [`-a/${ID}.jsonl`]: lines({ cwd: '/a', timestamp: 'soon' }) }))).toBe(false);
  });
});
