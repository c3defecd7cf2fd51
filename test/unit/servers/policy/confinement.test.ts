import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

function territory(...names: readonly string[]): Territory {
  return { roots: names.map((name) => join(place, name)), passages: [], spared: [], barred: [] };
}
