import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openWorkplace } from '../../../src/claude/workplace.ts';
import { identityAt } from '../../../src/system/open-folder.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const ASTRAY = expect.objectContaining({
  code: 'usage',
  message: expect.stringMatching(/^cwd: another folder took the place of .*\/work before claude was there$/),
});

/** A folder to work in, one that lies elsewhere, and what puts a link to that in the place of the first. */
function places() {
  const root = temporaryFolder();
  const [work, outside, moved] = ['work', 'outside', 'moved'].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(work);
  mkdirSync(outside);
  return {
    work,
    moved,
    identity: identityAt(work),
    swap() {
      renameSync(work, moved);
      symlinkSync(outside, work);
    },
  };
}

function opened(...args: Parameters<typeof openWorkplace>): ReturnType<typeof openWorkplace> {
  const workplace = openWorkplace(...args);
  onTestFinished(workplace.close);
  return workplace;
}

describe('the folder that claude is started in', () => {
  it('is whatever is there where nobody says more', () => {
    const { work } = places();
    expect(opened(work, undefined, {}).entrance).toBe(work);
  });

  it('is no other that was put in its place', () => {
    const { work, identity, swap } = places();
    swap();
    expect(() => openWorkplace(work, identity, {})).toThrow(ASTRAY);
  });

  it('is none where there is none', () => {
    const { work, moved, identity } = places();
    renameSync(work, moved);
    expect(() => openWorkplace(work, identity, {})).toThrow(/^cwd: .*\/work cannot be used: .*ENOENT/);
  });

  it.runIf(process.platform === 'linux')('stays itself for what is started there', () => {
    const { work, moved, identity, swap } = places();
    const { entrance } = opened(work, identity, {});
    swap();
    expect(execFileSync('/bin/pwd', ['-P'], { cwd: entrance, encoding: 'utf8' })).toBe(`${moved}\n`);
  });

  it('is where the process is, and where claude says that it is', () => {
    const { work, identity } = places();
    const { confirm, confirmName } = opened(work, identity, {});
    expect(() => confirm(process.pid)).toThrow(ASTRAY);
    expect(() => opened(process.cwd(), identityAt(process.cwd()), {}).confirm(process.pid)).not.toThrow();
    expect(() => confirmName(work)).not.toThrow();
    expect(() => confirmName(undefined)).not.toThrow();
    expect(() => confirmName('/etc')).toThrow(ASTRAY);
  });
});
