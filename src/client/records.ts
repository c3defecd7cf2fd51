import { foreign } from './gateway-error.ts';

/** One record of a stream of server-sent events. */
export interface ServerSentRecord {
  readonly id: string | null;
  readonly event: string;
  readonly data: string;
}

/** A stream of bytes, as far as it is read here. */
export interface Bytes {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
    cancel(): Promise<void>;
  };
}

/** Characters of a record; no gateway has a longer one, and whoever sends one without an end is not to fill the memory. */
const LONGEST = 256 * 1024 * 1024;

/**
 * The records of a stream as they come, as the HTML standard reads them (9.2.6); one that is cut off is none.
 * @param longest characters of a record
 * @throws GatewayError for a record that has no end
 */
export async function* readRecords(body: Bytes, longest = LONGEST): AsyncGenerator<ServerSentRecord, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const pieces: string[] = [];
  let length = 0;
  let seam = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const text = decoder.decode(value, { stream: true });
      pieces.push(text);
      length += text.length;
      seam = `${seam.slice(1 - LONGEST_BLANK)}${text}`;
      // Without a blank line nothing ends: a long record is put together once.
      if (!BLANK.test(seam)) {
        if (length > longest) throw foreign(200);
        continue;
      }
      const [rest = '', ...records] = pieces.join('').split(BLANK).toReversed();
      pieces.splice(0, pieces.length, rest);
      length = rest.length;
      seam = rest;
      for (const record of records.toReversed()) {
        const read = readRecord(record);
        if (read !== null) yield read;
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** Two ends of lines, one after the other, and how long they are at most. */
const BLANK = /\r\n\r\n|\n\n|\r\r/;
const LONGEST_BLANK = 4;

/** Null for one without data, such as a comment. */
function readRecord(text: string): ServerSentRecord | null {
  const fields = text.split(/\r\n|\n|\r/).map((line) => /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? []);
  const last = (wanted: string): string | null => fields.findLast(([, name]) => name === wanted)?.[2] ?? null;
  const data = fields.filter(([, name]) => name === 'data').map(([, , value = '']) => value);
  return data.length === 0 ? null : { id: last('id'), event: last('event') ?? 'message', data: data.join('\n') };
}
