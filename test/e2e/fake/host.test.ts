import { describe, expect, it } from 'vitest';
import { begin, succeed } from '../../support/fake.ts';
import { sluiceHere } from '../../support/in-process.ts';

describe('what claude asks of its host', () => {
  it('is told that nobody is there to allow a tool', async () => {
    const request = { subtype: 'can_use_tool', tool_name: 'Bash', input: { command: 'ls' } };
    const run = await sluiceHere(['hi'], { fake: [...begin, { ask: request }, { result: { result: '' } }] });
    expect(run.exitCode).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({
      type: 'control_response',
      response: { subtype: 'success', request_id: 'ask-1', response: { behavior: 'deny' } },
    });
  });

  it.each(['elicitation', 'brand_new_request'])(
    'is told no when it asks for %s, so that it does not wait',
    async (subtype) => {
      const run = await sluiceHere(['hi'], { fake: [...begin, { ask: { subtype } }, { result: { result: '' } }] });
      expect(run.exitCode).toBe(0);
      expect(JSON.parse(run.stdout)).toMatchObject({
        type: 'control_response',
        response: { subtype: 'error', request_id: 'ask-1', error: expect.stringContaining(subtype) },
      });
    },
  );

  it('does not end the run when it is asked in words that nobody has seen', async () => {
    const strange = { type: 'control_request', request_id: 7, request: 'please' };
    const run = await sluiceHere(['hi'], { fake: [...begin, { print: strange }, ...succeed] });
    expect(run).toMatchObject({ exitCode: 0, stdout: 'done\n' });
  });
});
