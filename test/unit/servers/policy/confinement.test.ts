import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confine, type Territory, twinOf } from '../../../../src/servers/policy/confinement.ts';

let place = '';

beforeAll(() => {
  place = mkdtempSync(join(realpathSync(tmpdir()), 'sluice-confine-'));
  for (const name of ['a/root/below', 'a/beside', 'b/root', 'b/odd (1)*', 'own/old', 'busy', 'case', 'CASE', 'cas?']) {
    mkdirSync(join(place, name), { recursive: true });
  }
  writeFileSync(join(place, 'file'), '');
});

afterAll(() => rmSync(place, { recursive: true }));

describe('rules for file tools', () => {
  it('permit the roots', () => {
    const { allow } = confine(territory('a/root', 'b/root'), ['Read', 'Edit']);
    expect(allow).toEqual(
      ['Read', 'Edit'].flatMap((name) => ['a', 'b'].map((folder) => `${name}(/${place}/${folder}/root/**)`)),
    );
    expect(confine(territory('a/root'), []).allow).toEqual([]);
  });

  it('deny all that lies beside the way to a root, folders and files, to every tool', () => {
    const { deny } = confine(territory('a/root'), ['Read']);
    for (const name of ['a/beside', 'b', 'file', 'own', 'busy']) {
      expect(deny).toContain(`Read(/${place}/${name}/**)`);
      expect(deny).toContain(`Edit(/${place}/${name}/**)`);
    }
    expect(deny).toContain('Read(//etc/**)');
  });

  it('deny nothing that is a root, lies in one or leads to one', () => {
    const { deny } = confine(territory('a/root', 'b/root', 'a'), ['Read']);
    for (const name of ['', '/a', '/a/root', '/a/root/below', '/a/beside', '/b', '/b/root']) {
      expect(deny).not.toContain(`Read(/${place}${name}/**)`);
    }
  });

  it('take letters that mean something for any letter', () => {
    expect(confine(territory('b/root'), []).deny).toContain(`Read(/${place}/b/odd??1??/**)`);
  });

  it('close many that begin alike to tools that write by how they begin', () => {
    const root = crowd(
      'root',
      'apple',
      'Apricot',
      'avocado',
      'almond',
      'rice',
      'beet',
      'rodeo',
      'robin',
      'rover',
      'roman',
    );
    const { deny } = confine({ ...territory(), roots: [root] }, []);
    const beside = (tool: string) =>
      deny
        .filter((rule) => rule.startsWith(`${tool}(/${dirname(root)}/`))
        .map((rule) => rule.slice(`${tool}(/${dirname(root)}/`.length, -'/**)'.length))
        .toSorted();
    expect(beside('Read')).toHaveLength(10);
    // Those that begin as the root does have no beginning of their own that four of them share.
    expect(beside('Edit')).toEqual(['a*', 'beet', 'rice', 'robin', 'rodeo', 'roman', 'rover']);
  });

  it('deny each by its own name where that is all that is understood', () => {
    const root = crowd('root', 'a1', 'a2', 'a3', 'a4');
    const { deny } = confine({ ...territory(), roots: [root], byName: true }, []);
    expect(deny).toContain(`Edit(/${dirname(root)}/a3/**)`);
    expect(deny).not.toContain(`Edit(/${dirname(root)}/a*/**)`);
  });

  it('leave a passage open to what runs add', () => {
    const names = ['1', '2', '3', '4'].flatMap((digit) => [`sluice-e2e-${digit}`, `claude-${digit}`, `other-${digit}`]);
    const passage = dirname(crowd(...names));
    const { deny } = confine({ ...territory('a/root'), passages: [passage] }, []);
    for (const name of ['other-3', 'sluice-e2e-2', 'claude-4']) expect(isDenied(join(passage, name), deny)).toBe(true);
    for (const name of ['sluice-3ykoq', 'sluice-e2e-5', 'claude-5'])
      expect(isDenied(join(passage, name), deny)).toBe(false);
  });

  it('deny all that lies beside a root and nothing that leads to one, whatever the names', () => {
    const name = fc
      .string({ unit: fc.constantFrom(...'abAB.-_ (*[é'), minLength: 1, maxLength: 4 })
      .filter((text) => /[^.]/.test(text));
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 2, maxLength: 40, selector: (text) => text.toLowerCase() }),
        (names) => {
          const root = crowd(...names);
          const { deny } = confine({ ...territory(), roots: [root] }, []);
          expect(isDenied(root, deny)).toBe(false);
          const beside = names.slice(1).map((other) => join(dirname(root), other));
          expect(beside.filter((path) => !isDenied(path, deny) && !looksLike(path, root))).toEqual([]);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('close no root by a name that looks alike', () => {
    const { deny } = confine(territory('case'), []);
    expect(deny).not.toContain(`Read(/${place}/CASE/**)`);
    expect(deny).not.toContain(`Read(/${place}/cas?/**)`);
  });

  it('deny what a passage holds, but not what comes into it', () => {
    const { deny } = confine({ ...territory('a/root'), passages: [join(place, 'own')] }, []);
    expect(deny).toContain(`Read(/${place}/own/old/**)`);
    expect(deny).not.toContain(`Read(/${place}/own/**)`);
  });

  it('close a passage that holds too much', () => {
    const busy = join(place, 'busy');
    for (let i = 0; i <= 1000; i++) writeFileSync(join(busy, String(i)), '');
    const { deny } = confine({ ...territory('a/root'), passages: [busy] }, []);
    expect(deny).toContain(`Read(/${busy}/**)`);
    expect(deny).not.toContain(`Read(/${busy}/1/**)`);
  });

  it('spare what programs need, but not what lies beside it', () => {
    const spared = ['/etc', join(place, 'b', 'root')];
    const { allow, deny } = confine({ ...territory('a/root'), spared }, ['Read']);
    for (const path of ['/etc', `${place}/b`, `${place}/b/root`]) expect(deny).not.toContain(`Read(/${path}/**)`);
    expect(deny).toContain(`Read(/${place}/b/odd??1??/**)`);
    expect(allow).toEqual([`Read(/${place}/a/root/**)`]);
  });

  it('deny what is barred', () => {
    expect(confine({ ...territory('a/root'), barred: ['/tmp/x-*'] }, []).deny).toContain('Read(//tmp/x-*/**)');
  });

  it('are few for the root of all', () => {
    expect(confine({ ...territory(), roots: ['/'] }, ['Read'])).toEqual({ allow: ['Read(//**)'], deny: [] });
  });
});

describe('a folder that differs by case alone', () => {
  it('is found beside a root and on the way to it', () => {
    expect(twinOf(join(place, 'case'))).toBe(join(place, 'CASE'));
    expect(twinOf(join(place, 'case', 'below'))).toBe(join(place, 'CASE'));
    expect(twinOf(join(place, 'a', 'root'))).toBeNull();
  });
});

/** Makes folders in one of their own. Returns the first. */
function crowd(...names: readonly string[]): string {
  const folder = mkdtempSync(join(place, 'crowd-'));
  for (const name of names) mkdirSync(join(folder, name));
  return join(folder, names[0] ?? '');
}

/** Whether a rule closes a path to tools that write, as claude takes it. */
function isDenied(path: string, deny: readonly string[]): boolean {
  return deny.some((rule) => {
    const [, pattern = ''] = /^Edit\(\/(.*)\/\*\*\)$/.exec(rule) ?? [];
    const letters = pattern.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
    return new RegExp(`^${letters.replaceAll('?', '[^/]').replaceAll('*', '[^/]*')}$`, 'i').test(path);
  });
}

/** Whether rules can't tell one from the other: a letter that means something to them stands for any. */
function looksLike(path: string, other: string): boolean {
  return isDenied(other, [`Edit(/${path.replaceAll(/[\\*?[\]()\s]/g, '?')}/**)`]);
}

function territory(...names: readonly string[]): Territory {
  return { roots: names.map((name) => join(place, name)), passages: [], spared: [], barred: [] };
}
