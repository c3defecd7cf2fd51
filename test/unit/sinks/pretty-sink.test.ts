import { PassThrough, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { outputOf } from '../../../src/sinks/output-of.ts';
import { createPrettySink } from '../../../src/sinks/formats/pretty-sink.ts';
import { assistant } from '../outcome/evidence.ts';
import { eventsOf } from '../servers/mcp/faces.ts';
import { success } from './endings.ts';

const [event] = eventsOf([assistant('All is **well**.')]);

it('shows a run on a stream of Node, live on a terminal and as a log elsewhere', async () => {
  const [pipe, terminal] = [new PassThrough(), Object.assign(new PassThrough(), { isTTY: true, columns: 80 })];
  for (const stream of [pipe, terminal]) {
    const sink = createPrettySink(stream);
    await sink.write(event!);
    await sink.close(success());
    stream.end();
  }
  expect(await text(pipe)).toMatch(/^\d\d:\d\d:\d\dZ │ All is \S*well\S*\.\n/);
  expect(await text(terminal)).toMatch(/^\S*All is/);
});

it('shows it on any output, without colours', async () => {
  const written: string[] = [];
  const sink = createPrettySink({ write: (text) => void written.push(text) });
  await sink.write(event!);
  await sink.close(success());
  expect(written.join('')).toContain('success');
  expect(written.join('')).not.toContain('\u001B');
});

it('keeps to the pace of a stream, and outlives its end', async () => {
  const waiting: ((error?: Error) => void)[] = [];
  const stream = new Writable({ write: (_chunk, _encoding, done) => void waiting.push(done) });
  const output = outputOf(stream);
  const first = output.write('one');
  let isDone = false;
  void Promise.resolve(first).then(() => (isDone = true));
  await new Promise((resolve) => setImmediate(resolve));
  expect(isDone).toBe(false);
  waiting.shift()?.();
  await first;
  const second = output.write('two');
  waiting.shift()?.(Object.assign(new Error('gone'), { code: 'EPIPE' }));
  await expect(second).rejects.toMatchObject({ code: 'EPIPE' });
  await expect(output.write('three')).rejects.toMatchObject({ code: 'ERR_STREAM_DESTROYED' });
});
