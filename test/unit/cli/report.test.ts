import { describe, expect, it } from 'vitest';
import { main } from '../../../src/main.ts';
import { recognise } from '../../../src/messages/recognise.ts';
import { assistant, init, result } from '../outcome/evidence.ts';
import { event } from '../stream/messages.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { fakeIo, piped } from './fake-io.ts';

const TOKEN = 'ghp_0123456789abcdefghijklmnopqrstuvwxyz';

const RECORD = [init(), assistant(`It is ${TOKEN}.`), result({ is_error: true, subtype: 'error_during_execution' })]
  .map((message, index) => `${JSON.stringify(event(recognise(message), index + 1))}\n`)
  .join('');

const NO_RECORDINGS = {
  'notes.txt': 'nothing of the kind\n',
  'torn.ndjson': 'nothing of the ki',
  'long.txt': 'nothing of the kind\n'.repeat(500),
};

async function sluice(argv: readonly string[], stdin = '') {
  const cwd = temporaryFolder({ 'run.ndjson': RECORD, ...NO_RECORDINGS });
  const io = { ...fakeIo({ cwd, ...(stdin === '' ? {} : { stdin: piped(stdin) }) }), argv };
  const code = await main(io);
  return { code, ...io.printed() };
}

describe('sluice report', () => {
  it('prints a page of a run, however it ended, without its secrets', async () => {
    const { code, out, err } = await sluice(['report', 'run.ndjson']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^<!doctype html>.*<\/html>\n$/s);
    expect(out).toContain('"code":"ending"');
    expect(out).not.toContain(TOKEN);
    expect((await sluice(['report'], RECORD)).out).toContain('"code":"ending"');
  });

  it.each([
    [['report', 'notes.txt'], 'notes.txt: this is neither a recording nor'],
    [['report', 'torn.ndjson'], 'torn.ndjson: this is neither a recording nor'],
    [['report', 'long.txt'], 'long.txt: this is neither a recording nor'],
    [['report', 'nothing.ndjson'], 'nothing.ndjson'],
    [['report', 'run.ndjson', 'more'], 'too many arguments'],
    [['report', 'run.ndjson', '--model', 'opus'], '--model: it is for runs, not for sluice report'],
  ])('says what is wrong with %j, and prints nothing', async (argv, message) => {
    const { code, out, err } = await sluice(argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });
});
