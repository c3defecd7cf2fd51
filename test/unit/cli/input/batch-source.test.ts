import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { batchSource } from '../../../../src/cli/input/batch-source.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { fakeIo } from '../fake-io.ts';

/** Two items as UTF-32, without a byte order mark. */
const UTF_32 = Buffer.concat([...'one\ntwo\n'].map((sign) => Buffer.from([...Buffer.from(sign), 0, 0, 0])));

it.each([
  ['a file', 'items.txt', 'items.txt'],
  ['stdin', '-', 'stdin'],
])('items as UTF-32 are refused, in %s', async (_, file, name) => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'items.txt'), UTF_32);
  const stdin = new PassThrough().end(UTF_32);
  const source = await batchSource({ file, pattern: undefined, format: undefined }, fakeIo({ cwd, stdin }));
  const message = expect.stringMatching(new RegExp(`^${name}: it is UTF-32, .*: iconv -f UTF-32LE -t UTF-8$`));
  await expect(source.rows().next()).rejects.toThrow(expect.objectContaining({ code: 'usage', message }));
});
