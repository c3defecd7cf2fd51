import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRecordingFile } from '../../../src/sinks/recording-file.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const unexpected = (text: string): never => {
  throw new Error(text);
};

describe('openRecordingFile', () => {
  it('keeps others out until it is closed, and leaves nothing else', async () => {
    const folder = temporaryFolder({ r: 'older' });
    symlinkSync('r', join(folder, 'link'));
    const file = await openRecordingFile('--record', join(folder, 'link'), unexpected);
    await file.write('one\n');
    await expect(openRecordingFile('--record', join(folder, 'r'), unexpected)).rejects.toThrow(
      expect.objectContaining({
        code: 'usage',
        message: `--record: another run (process ${process.pid}) is writing ${folder}/r; name a file of its own for each`,
      }),
    );
    expect(readFileSync(join(folder, 'r'), 'utf8')).toBe('one\n');
    await file.close();
    await (await openRecordingFile('--record', join(folder, 'r'), unexpected)).close();
    expect(readdirSync(folder)).toEqual(['link', 'r']);
  });

  it('shares a device', async () => {
    const open = () => openRecordingFile('--record', '/dev/null', unexpected);
    const files = await Promise.all([open(), open()]);
    expect(files).toHaveLength(2);
    for (const file of files) await file.close();
  });

  it('tells where nothing can keep others out', async () => {
    const told: string[] = [];
    const path = join(temporaryFolder(), 'r'.repeat(100));
    await (await openRecordingFile('--record', path, (text) => void told.push(text))).close();
    expect(told).toEqual([expect.stringMatching(/^--record: nothing keeps other runs from writing .*too long/)]);
  });

  it('that cannot be opened is not locked either', async () => {
    const folder = temporaryFolder();
    await expect(openRecordingFile('--record', join(folder, 'gone/r'), unexpected)).rejects.toThrow(
      expect.objectContaining({ code: 'output_error', message: expect.stringMatching(/^--record: .*ENOENT/) }),
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});
