import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { begin, type FakeScript, succeed } from '../../support/fake.ts';
import { freshHome } from '../../support/folder.ts';
import { type RecordingName, streamOf } from '../../support/recordings.ts';
import { sluiceHere } from '../../support/in-process.ts';
import { API_KEY, sluice } from '../../support/sluice.ts';

/** Prints what a real claude once did. */
function printing(name: RecordingName): FakeScript {
  return [{ prompt: true }, { bytes: streamOf(name).toString('base64') }];
}

function telling(text: string): FakeScript {
  return [...begin, { say: text }, { result: { result: text } }];
}

describe('sluice replay', () => {
  it.each<[string, { readonly fake: FakeScript }, readonly string[]]>([
    ['a success', { fake: printing('tools2') }, []],
    ['denials', { fake: printing('denied') }, []],
    ['an error', { fake: printing('e401') }, ['--retries=0']],
    ['secrets', { fake: telling(API_KEY) }, []],
    ['a timeout', { fake: [...begin, { say: 'word' }, { work: true }] }, ['--timeout=1s']],
  ])('of the record of a run with %s gives the very bundle, and the exit code', async (_, claude, args) => {
    const home = freshHome();
    const files = ['--record', 'r.ndjson', '--bundle', 'b.json'];
    const run = await sluiceHere([...args, ...files, 'hi'], { home, ...claude });
    const again = await sluiceHere(['replay', 'r.ndjson', '-o', 'json'], { home });
    expect(JSON.parse(again.stdout)).toEqual(JSON.parse(run.file('b.json')));
    expect(again.exitCode).toBe(run.exitCode);
  });

  it('shows a record in every format as the run itself did', async () => {
    const home = freshHome();
    const fake = printing('tools2');
    for (const format of ['text', 'pretty', 'ndjson', 'stream-json']) {
      const run = await sluiceHere(['-o', format, '--record', 'r.ndjson', 'hi'], { home, fake });
      const again = await sluiceHere(['replay', 'r.ndjson', '-o', format], { home });
      expect(again.stdout).toBe(run.stdout);
    }
  });

  it('of a record that breaks off tells what there was, and is no success', async () => {
    const home = freshHome();
    const fake = [...begin, { say: 'First one.' }, { bash: 'true' }, { say: 'Then two.' }, ...succeed];
    await sluiceHere(['--record', 'whole.ndjson', 'hi'], { home, fake });
    const whole = readFileSync(join(home.project, 'whole.ndjson'), 'utf8');
    writeFileSync(join(home.project, 'cut.ndjson'), whole.slice(0, whole.indexOf('Then two.') + 40));
    const run = await sluiceHere(['replay', 'cut.ndjson', '--json'], { home });
    expect(run.exitCode).toBe(6);
    expect(run.bundle().result).toMatchObject({ success: false, summary: 'First one.' });
  });

  it("reads claude's raw stream", async () => {
    const file = fileURLToPath(new URL('../../fixtures/recordings/streams/tools2.ndjson', import.meta.url));
    const run = await sluiceHere(['replay', file, '-o', 'json']);
    expect(run.exitCode).toBe(0);
    expect(run.bundle()).toMatchObject({ result: { success: true }, outcome: { class: 'success' } });
    const raw = await sluiceHere(['replay', file, '-o', 'stream-json', '--full', '--no-redact']);
    expect(raw.messages()).toEqual(
      streamOf('tools2')
        .toString()
        .trim()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    );
  });

  it('reads from a pipe', async () => {
    const run = await sluice(['replay'], { input: streamOf('plain') });
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout).toMatch(/.\n$/);
  });

  it('gives the exit code that the run had, where the stream shows it', async () => {
    const home = freshHome();
    writeFileSync(join(home.project, 'r.ndjson'), streamOf('maxturns'));
    expect((await sluiceHere(['replay', 'r.ndjson'], { home })).exitCode).toBe(5);
  });
});
