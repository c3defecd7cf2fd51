import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workspaceOf } from '../../../../src/sinks/ci/workspace.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

describe('the workspace', () => {
  it('is what a CI system says, where the run is in it', () => {
    expect(workspaceOf({ GITHUB_WORKSPACE: '/checkout' }, '/checkout/app')).toBe('/checkout');
    expect(workspaceOf({ GITHUB_WORKSPACE: '', CI_PROJECT_DIR: '/builds/a' }, '/builds/a')).toBe('/builds/a');
  });

  it('is the folder of the run elsewhere, and where nothing is said', () => {
    expect(workspaceOf({ WORKSPACE: '/checkout' }, '/checkout-2')).toBe('/checkout-2');
    expect(workspaceOf({}, '/home/me')).toBe('/home/me');
  });

  it('may be reached by a link', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'real/app'), { recursive: true });
    symlinkSync(join(folder, 'real'), join(folder, 'link'));
    expect(workspaceOf({ WORKSPACE: join(folder, 'link') }, join(folder, 'real/app'))).toBe(join(folder, 'link'));
  });
});
