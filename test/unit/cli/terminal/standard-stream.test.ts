import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Outlet, standardStream } from '../../../../src/cli/terminal/standard-stream.ts';
import { atTestEnd } from '../../../support/test-end.ts';
import { emptyFolder } from '../../../support/folder.ts';

function opened(path: string, flags: string): number {
  const descriptor = openSync(path, flags);
  atTestEnd(() => closeSync(descriptor));
  return descriptor;
}

function ownStream(): Outlet {
  throw new Error('a stream of Node was opened');
}

/** Settles as the write does. */
function written(outlet: Outlet, piece: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    outlet.write(piece, (error) => (error ? reject(error) : resolve()));
  });
}

it('writes a file where it is, behind what is in it', async () => {
  const path = join(emptyFolder(), 'out');
  const { isTTY, open } = standardStream(opened(path, 'w'), ownStream);
  const outlet = open();
  await written(outlet, Buffer.from('one é\n'));
  await written(outlet, new Uint8Array([0xff, 0x0a]));
  expect(isTTY).toBe(false);
  expect(readFileSync(path)).toEqual(Buffer.from([...Buffer.from('one é\n'), 0xff, 0x0a]));
});

it('tells of each write that fails', async () => {
  const full = standardStream(opened('/dev/full', 'w'), ownStream).open();
  await expect(written(full, Buffer.from('a'))).rejects.toMatchObject({ code: 'ENOSPC' });
  const nowhere = standardStream(opened('/dev/null', 'w'), ownStream).open();
  await expect(written(nowhere, Buffer.from('a'))).resolves.toBeUndefined();
});
