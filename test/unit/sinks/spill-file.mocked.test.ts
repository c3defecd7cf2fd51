import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openSpillFile } from '../../../src/sinks/backlog/spill-file.ts';
import type { SpillFile } from '../../../src/sinks/backlog/spill.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const disk = vi.hoisted(() => ({ isFull: false }));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const writeSync = (descriptor: number, bytes: Buffer, from: number, length: number, place: number): number => {
    // A full disk takes what there is room for, and then no more.
    if (disk.isFull && length < 1_000) throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });
    return fs.writeSync(descriptor, bytes, from, disk.isFull ? Math.ceil(length / 2) : length, place);
  };
  return { ...fs, writeSync };
});
afterEach(() => {
  disk.isFull = false;
});

function opened(): SpillFile {
  const file = openSpillFile();
  onTestFinished(() => file.close());
  return file;
}

function readAll(file: SpillFile): string[] {
  const lines: string[] = [];
  for (let line = file.read(); line !== null; line = file.read()) lines.push(line);
  return lines;
}

const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `line ${index}`);

describe('a spill file', () => {
  it('gives lines back in order, however many they are', () => {
    const file = opened();
    const lines = numbered(200_000);
    for (const line of lines) file.append(line);
    expect(readAll(file)).toEqual(lines);
    expect(file.read()).toBeNull();
  });

  it('gives back a line that is longer than what is read at once', () => {
    const file = opened();
    const lines = ['short', 'é'.repeat(3_000_000), '', 'short again'];
    for (const line of lines) file.append(line);
    expect(readAll(file)).toEqual(lines);
  });

  it('gives back the same lines whatever the order of writing and reading', () => {
    const action = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant('long'.repeat(30_000)), fc.constant(null));
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const file = openSpillFile();
        const written: string[] = [];
        const read: string[] = [];
        for (const text of actions) {
          if (text === null) {
            const line = file.read();
            if (line !== null) read.push(line);
          } else {
            written.push(JSON.stringify(text));
            file.append(JSON.stringify(text));
          }
        }
        read.push(...readAll(file));
        file.close();
        expect(read).toEqual(written);
      }),
      { numRuns: 50 },
    );
  });

  it('says so when the disk is full, and has all lines but that one', () => {
    const file = opened();
    const taken: string[] = [];
    const refused: string[] = [];
    for (const line of numbered(40_000)) {
      disk.isFull = line.endsWith('00');
      try {
        file.append(line);
        taken.push(line);
      } catch {
        refused.push(line);
      }
    }
    disk.isFull = true;
    expect(() => file.append('x'.repeat(100_000))).toThrow('ENOSPC');
    disk.isFull = false;
    file.append('in the end');
    expect(readAll(file)).toEqual([...taken, 'in the end']);
    expect(taken.length + refused.length).toBe(40_000);
  });

  it.skipIf(process.platform === 'win32')('has no name, so that no crash leaves it', () => {
    vi.stubEnv('TMPDIR', temporaryFolder());
    onTestFinished(() => void vi.unstubAllEnvs());
    opened().append('secret');
    expect(readdirSync(tmpdir())).toEqual([]);
  });
});
