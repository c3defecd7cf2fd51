import { describe, expect, it } from 'vitest';
import { commandsIn } from '../../support/actions-runner.ts';
import { since } from '../../support/claude.ts';
import { structured, structuredViolated } from '../../support/scenarios.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { livingThrough } from '../../support/known-claude.ts';
import { sluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

describe.runIf(since('2.1.0'))('--findings', () => {
  it('has the model answer in their shape, for annotations and an exit code', async () => {
    const finding = { level: 'error', message: 'It never ends.', file: 'loop.ts', line: 2 };
    const api = await stub(structured({ summary: 'One thing.', findings: [finding] }));
    const run = await sluice(['Review this.', '-o', 'github', '--findings', '--fail-on-findings', 'error'], { api });
    expect(run.exitCode).toBe(7);
    expect(commandsIn(run.stdout).at(-1)).toEqual({
      name: 'error',
      properties: { file: 'loop.ts', line: '2' },
      data: 'It never ends.',
    });
    const asked = JSON.stringify(api.requests.map(({ body }) => body));
    expect(asked).toContain('error: it has to be changed; warning: it is risky; notice: good to know');
  });

  it('is schema_unmet where the model answers otherwise', async () => {
    const run = await sluiceHere(
      ['Review this.', '-o', 'github', '--findings'],
      await livingThrough(structuredViolated, 'structured-bad'),
    );
    expect(run.exitCode).toBe(1);
    expect(commandsIn(run.stdout).at(-1)).toMatchObject({
      name: 'error',
      properties: { title: 'sluice: schema_unmet' },
    });
  });
});
