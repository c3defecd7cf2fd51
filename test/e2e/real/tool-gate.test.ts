import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inTurn, text, toolUse } from '../../../src/demo/script.ts';
import { run } from '../../../src/run.ts';
import { CLAUDE } from '../../support/claude.ts';
import { freshHome } from '../../support/folder.ts';
import { environment } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

const making = (file: string) => [toolUse('Bash', { command: `echo it > ${file}`, description: 'make it' })];

describe('a call of a tool that is permitted', () => {
  it('is told to the host before it is made, and not made where the host could not take it down', async () => {
    const home = freshHome();
    const isMade = (file: string): boolean => existsSync(join(home.project, file));
    const told: [tool: string, isMade: boolean][] = [];
    const api = await stub(inTurn(making('first'), making('second'), [text('Over.')]));
    const env = environment({ api }, home);
    const beforeTool = (tool: string): void => {
      told.push([tool, isMade(told.length === 0 ? 'first' : 'second')]);
      if (told.length === 2) throw new Error('not now');
    };
    const request = { prompt: 'make it', cwd: home.project, claudePath: CLAUDE, allowedTools: ['Bash'] };
    const ending = await run(request, [], { env, beforeTool });
    expect(ending.class).toBe('success');
    expect(told).toEqual([
      ['Bash', false],
      ['Bash', false],
    ]);
    expect(['first', 'second'].map(isMade)).toEqual([true, false]);
  });
});
