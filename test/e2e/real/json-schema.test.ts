import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { since } from '../../support/claude.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { structured } from '../../support/scenarios.ts';
import { sluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

describe.runIf(since('2.1.0'))('--json-schema', () => {
  it('as zod prints it is taken, and met, also without tools and with little of claude; a keyword that no draft has is left out, and that alone is told', async () => {
    const printed = z.toJSONSchema(z.object({ url: z.url(), pair: z.tuple([z.string(), z.int()]) }));
    const schema = { ...printed, label: 'Verdict' };
    const answer = { url: 'https://example.com', pair: ['a', 1] };
    const api = await stub(structured(answer));
    const flags = ['--tools=', '--bare', '--model=haiku', '--permission-mode=acceptEdits'];
    const run = await sluice([...flags, '--json-schema', JSON.stringify(schema), '--json', 'hi'], { api });
    expect(run.exitCode).toBe(0);
    const [asked] = api.requests.flatMap(({ conversation }) => conversation ?? []);
    expect(asked?.tools).toEqual(['StructuredOutput']);
    const told = '--json-schema: what no draft of JSON Schema knows was left out: #/label';
    expect(run.bundle()).toMatchObject({
      result: { success: true, structured: answer },
      outcome: { class: 'success', warnings: [told] },
    });
    expect(run.stderr).toBe(`sluice: warning: ${told}\n`);
  });

  it('with a mistake is refused with its place, and nobody is asked', async () => {
    const schema = { type: 'object', properties: { verdict: { type: 'strng' } } };
    const api = await stub(structured({}));
    const run = await sluiceHere(['--json-schema', JSON.stringify(schema), 'hi'], { api });
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toMatch(/^sluice: usage: --json-schema: at #\/properties\/verdict\/type: must be .*\n$/);
    expect(api.requests).toEqual([]);
  });
});
