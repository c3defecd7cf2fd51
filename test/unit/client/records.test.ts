import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readRecords, type ServerSentRecord } from '../../../src/client/records.ts';
import { rounds } from '../../support/rounds.ts';

async function read(chunks: readonly Uint8Array[]): Promise<ServerSentRecord[]> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  const records: ServerSentRecord[] = [];
  for await (const record of readRecords(body)) records.push(record);
  return records;
}

const STREAM = Buffer.from(
  'retry: 1000\nevent: run\ndata: {"a":1}\n\n:\n\nid: 1\nevent: message\ndata: grüezi\ndata: €\n\ndata:x\n\nid: 2\ndata: cut',
);
const RECORDS = [
  { id: null, event: 'run', data: '{"a":1}' },
  { id: '1', event: 'message', data: 'grüezi\n€' },
  { id: null, event: 'message', data: 'x' },
];

it('reads records however they are cut, and not the one that is cut off', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(STREAM.length), { maxLength: 8 }), async (cuts) => {
      const ends = [0, ...cuts.toSorted((one, other) => one - other), STREAM.length];
      const chunks = ends.slice(1).map((end, index) => STREAM.subarray(ends[index], end));
      expect(await read(chunks)).toEqual(RECORDS);
    }),
    { numRuns: rounds(80) },
  );
});

it('ends with a record that has no end, and does not put it together time and again', async () => {
  const lines = Buffer.from(`data: ${'x'.repeat(64 * 1024)}\n`);
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({ pull: (controller) => (sent++, controller.enqueue(lines)) });
  await expect(readRecords(body, 16 * 1024 * 1024).next()).rejects.toMatchObject({ code: 'bad_gateway' });
  expect(sent).toBeLessThan(300);
});

it('reads lines that end in whatever way', async () => {
  expect(await read([Buffer.from('event: a\r\ndata: 1\r\n\r\nevent: b\rdata: 2\r\r')])).toEqual([
    { id: null, event: 'a', data: '1' },
    { id: null, event: 'b', data: '2' },
  ]);
});
