import { describe, expect, it } from 'vitest';
import { inTurn, text } from '../../../src/demo/script.ts';
import { sluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

/** A reader that takes nothing for five seconds: 2.1.197 would lose what a pipe has no room for. */
const stalling = (command: string): string => `(${command}; echo $? > code) | (sleep 5; cat)`;

describe('a reader that stalls', () => {
  it('gets the final burst of a real claude whole, with its result', async () => {
    const lines = Array.from({ length: 30_000 }, (_, line) => `This is line ${line} of the long answer.\n`);
    const answer = `${lines.join('')}The end.`;
    const run = await sluice(['--ndjson', '--full', '--record', 'r.ndjson', 'hi'], {
      api: await stub(inTurn([text(answer, { chunk: 100_000 })])),
      shell: stalling,
    });
    const messages = run.events().map(({ message }) => message);
    const result = messages.find(({ type }) => type === 'result');
    expect({ ...result, result: result?.['result'] === answer }).toMatchObject({ subtype: 'success', result: true });
    expect(messages.at(-1)).toMatchObject({ type: 'sluice', code: 'ending' });
    expect(run.stdout === run.file('r.ndjson')).toBe(true);
    expect(run.file('code')).toBe('0\n');
    expect(run.temporaryFiles()).toEqual([]);
  });
});
