import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderOf } from '../../../../src/servers/policy/folder.ts';
import { isWithin } from '../../../../src/system/is-within.ts';
import { identityAt } from '../../../../src/system/open-folder.ts';
import { Refusal } from '../../../../src/servers/refusal.ts';

let place = '';
let roots: readonly [string, string] = ['', ''];

beforeAll(() => {
  place = mkdtempSync(join(realpathSync(tmpdir()), 'sluice-policy-'));
  roots = [join(place, 'root'), join(place, 'second')];
  for (const name of ['root/a/b', 'root/ünï', 'root/.../deep', 'second', 'root2', 'rootless', 'outside/x', 'Root']) {
    mkdirSync(join(place, name), { recursive: true });
  }
  writeFileSync(join(place, 'root', 'file'), '');
  symlinkSync(join(place, 'outside'), join(place, 'root', 'out'));
  symlinkSync('..', join(place, 'root', 'up'));
  symlinkSync(join(place, 'nowhere'), join(place, 'root', 'dangling'));
  symlinkSync('loop', join(place, 'root', 'loop'));
  symlinkSync(join(place, 'root', 'a'), join(place, 'outside', 'in'));
  symlinkSync(join(place, 'second'), join(place, 'root', 'other'));
});

afterAll(() => rmSync(place, { recursive: true }));

describe('the folder of a query', () => {
  it.each([
    ['root', 'root'],
    ['root/', 'root'],
    ['root/a/b', 'root/a/b'],
    ['root/a/../a/./b/', 'root/a/b'],
    ['root/ünï', 'root/ünï'],
    ['root/.../deep', 'root/.../deep'],
    ['second', 'second'],
    ['root2/../root/a', 'root/a'],
    ['root/other', 'second'],
    ['outside/in', 'root/a'],
  ])('may be %s, which is %s', (asked, real) => {
    expect(folderOf(join(place, '/') + asked, roots)).toEqual({
      path: join(place, real),
      identity: identityAt(join(place, real)),
    });
  });

  it.each([
    'root2',
    'rootless',
    'outside',
    'root/..',
    'root/../outside/x',
    'root/a/../../outside',
    'root/out',
    'root/out/x',
    'root/up',
    'root/up/outside',
    '',
    'nowhere',
    'outside/nowhere',
  ])('may not be %j', (asked) => {
    expect(refusalOf(join(place, '/') + asked)).toMatchObject({
      errorCode: 'forbidden',
      details: { field: 'cwd', allowed: roots },
    });
  });

  it('is refused in the same words whether it exists or not', () => {
    const words = ['outside', 'nowhere'].map((name) => refusalOf(join(place, name)).message.replaceAll(name, 'it'));
    expect(words[0]).toBe(words[1]);
  });

  it.each(['root/nowhere', 'root/file', 'root/dangling', 'root/loop', 'root/file/x', `root/${'long'.repeat(100)}`])(
    'that is %s is no folder',
    (asked) => {
      expect(refusalOf(join(place, asked))).toMatchObject({ errorCode: 'bad_request' });
    },
  );

  it.each(['root', './root', '~', '', '/root\0', 'C:\\root'])('must be an absolute path, unlike %j', (asked) => {
    expect(refusalOf(asked)).toMatchObject({ errorCode: 'validation_error' });
  });

  it('is never anything outside the roots, whatever is asked for', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '..',
        '.',
        '',
        'root',
        'root2',
        'a',
        'b',
        'out',
        'up',
        'other',
        'outside',
        'x',
        'in',
        'Root',
        'loop',
      ),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const real = folderOrNull(`${place}/${pieces.join('/')}`) ?? roots[0];
        expect(realpathSync(real)).toBe(real);
        expect(roots.some((root) => real === root || real.startsWith(`${root}/`))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('is told by names, not by letters', () => {
    expect(isWithin('/root2', ['/root'])).toBe(false);
    expect(isWithin('/root/2', ['/root'])).toBe(true);
    expect(isWithin('/anything', ['/'])).toBe(true);
  });

  it('has no terminal escape and no long value in a refusal', () => {
    const { message } = refusalOf('\u001b[31mred\u202e');
    expect(message).not.toMatch(/[\u001b\u202e]/);
    expect(refusalOf(`/${'secret'.repeat(50)}`).message).not.toContain('secretsecret');
  });
});

/** Null when it is refused; what else is thrown is thrown. */
function folderOrNull(cwd: string): string | null {
  try {
    return folderOf(cwd, roots).path;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

function refusalOf(cwd: string): Refusal {
  try {
    folderOf(cwd, roots);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error(`${cwd} was let in`);
}
