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

/** The records of a stream as they come, as the HTML standard reads them (9.2.6); one that is cut off is none. */
export async function* readRecords(body: Bytes): AsyncGenerator<ServerSentRecord, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const pieces: string[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const text = decoder.decode(value, { stream: true });
      pieces.push(text);
      // What has no line end in it ends nothing: a long record is put together once.
      if (!/[\r\n]/.test(text)) continue;
      const [rest = '', ...records] = pieces
        .join('')
        .split(/\r\n\r\n|\n\n|\r\r/)
        .toReversed();
      pieces.splice(0, pieces.length, rest);
      for (const record of records.toReversed()) {
        const read = readRecord(record);
        if (read !== null) yield read;
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** Null for one without data, such as a comment. */
function readRecord(text: string): ServerSentRecord | null {
  const fields = text.split(/\r\n|\n|\r/).map((line) => /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? []);
  const last = (wanted: string): string | null => fields.findLast(([, name]) => name === wanted)?.[2] ?? null;
  const data = fields.filter(([, name]) => name === 'data').map(([, , value = '']) => value);
  return data.length === 0 ? null : { id: last('id'), event: last('event') ?? 'message', data: data.join('\n') };
}
