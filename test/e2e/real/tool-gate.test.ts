import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inTurn, text, toolUse } from '../../../src/demo/script.ts';
import { run } from '../../../src/run.ts';
import { CLAUDE } from '../../support/claude.ts';
import { freshHome } from '../../support/folder.ts';
import { API_KEY } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

const making = inTurn([toolUse('Bash', { command: 'echo it > made', description: 'make it' })], [text('Over.')]);

describe('a call of a tool that is permitted', () => {
  /** What the host saw when it was told, and what was there in the end. */
  async function made(refuse: boolean) {
    const home = freshHome();
    const file = join(home.project, 'made');
    const told: [tool: string, isMade: boolean][] = [];
    const api = await stub(making);
    const env = {
      PATH: process.env['PATH'],
      HOME: home.path,
      ANTHROPIC_BASE_URL: api.url,
      ANTHROPIC_API_KEY: API_KEY,
      DISABLE_TELEMETRY: '1',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    };
    const beforeTool = (tool: string): void => {
      told.push([tool, existsSync(file)]);
      if (refuse) throw new Error('not now');
    };
    const request = { prompt: 'make it', cwd: home.project, claudePath: CLAUDE, allowedTools: ['Bash'] };
    const ending = await run(request, [], { env, beforeTool });
    return { class: ending.class, told, isMade: existsSync(file) };
  }

  it('is told to the host before it is made', async () => {
    expect(await made(false)).toEqual({ class: 'success', told: [['Bash', false]], isMade: true });
  });

  it('is not made where the host could not take it down', async () => {
    expect(await made(true)).toEqual({ class: 'success', told: [['Bash', false]], isMade: false });
  });
});
