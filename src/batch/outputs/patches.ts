import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileGuard } from '../../sinks/file-guard.ts';
import { atomicFile } from '../../sinks/file-output.ts';
import { fileNameOf } from './file-name-of.ts';

/**
 * A folder of patches, each named after its item. An item that changed nothing has none. They are as git gives them, secrets
 * included, or they could not be applied.
 * @throws SluiceError `output_error` where it can't be made, and later where a patch can't be written
 */
export function openPatches(folder: string): (id: string, patch: Uint8Array) => Promise<void> {
  const guard = fileGuard('--patches', folder);
  guard.now(() => mkdirSync(folder, { recursive: true, mode: 0o700 }));
  return async (id, patch) => {
    const path = join(folder, `${fileNameOf(id)}.patch`);
    if (patch.length === 0) guard.now(() => rmSync(path, { force: true }));
    else await atomicFile('--patches', path).write(patch);
  };
}
