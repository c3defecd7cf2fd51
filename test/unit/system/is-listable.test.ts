import { chmodSync, mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isListable } from '../../../src/system/is-listable.ts';
import { temporaryFolder } from '../temporary-folder.ts';

describe.skipIf(process.platform === 'win32')('a folder that everybody may list', () => {
  it.each([
    ['open, on an open way', 0o755, 0o711, true],
    ['closed itself', 0o711, 0o755, false],
    ['behind a closed one', 0o755, 0o700, false],
  ])('%s', (_, own, above, expected) => {
    const folder = realpathSync(temporaryFolder());
    const inner = join(folder, 'inner');
    mkdirSync(inner);
    chmodSync(inner, own);
    chmodSync(folder, above);
    expect(isListable(inner)).toBe(expected);
  });

  it('is none that is not there', () => {
    expect(isListable('/nowhere/at/all')).toBe(false);
  });
});
