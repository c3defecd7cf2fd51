import { spawn } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { statusOf } from '../../../src/system/process-files.ts';
import { readingEndOf } from '../../../src/system/reading-end.ts';
import { namedPipe } from '../../support/named-pipe.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** Opens a file until the test is over. */
function opened(path: string, flags: number): number {
  const descriptor = openSync(path, flags);
  onTestFinished(() => closeSync(descriptor));
  return descriptor;
}

/** The writing end of a pipe between two processes, and what ends the one that reads. */
async function pipeline(reader = 'exec sleep 60'): Promise<{ readonly writing: number; endReader(): Promise<void> }> {
  const named = (name: string, then: string): string => `sh -c 'echo ${name} $$ >&2; ${then}'`;
  const shell = spawn('/bin/sh', ['-c', `${named('writer', 'exec sleep 60')} | ${named('reader', reader)}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  onTestFinished(() => void process.kill(-(shell.pid ?? 0), 'SIGKILL'));
  let said = '';
  shell.stderr.on('data', (text) => void (said += String(text)));
  const pidOf = (name: string): Promise<number> =>
    vi.waitFor(() => {
      const pid = Number(new RegExp(`${name} (\\d+)\n`).exec(said)?.[1]);
      expect(statusOf(pid)?.name).toBe('sleep');
      return pid;
    });
  const [writer, other] = await Promise.all([pidOf('writer'), pidOf('reader')]);
  return {
    writing: opened(`/proc/${writer}/fd/1`, constants.O_WRONLY),
    async endReader() {
      process.kill(other, 'SIGKILL');
      await vi.waitFor(() => expect(statusOf(other)?.state ?? 'Z').toBe('Z'));
    },
  };
}

describe.runIf(process.platform === 'linux')('the reading end of a pipe', () => {
  it('is held for as long as its reader is there', async () => {
    const { writing, endReader } = await pipeline();
    const look = readingEndOf(writing);
    expect(await look?.()).toBe('held');
    expect(await look?.()).toBe('held');
    await endReader();
    expect(await look?.()).toBe('gone');
  });

  it('is gone where nobody has it from the start, whoever has the other one', async () => {
    const { writing, endReader } = await pipeline();
    await endReader();
    expect(await readingEndOf(writing)?.()).toBe('gone');
  });

  it('is held by whoever was given it', async () => {
    const { writing, endReader } = await pipeline('exec 3<&0; sleep 60 & exec sleep 60');
    const look = readingEndOf(writing);
    expect(await look?.()).toBe('held');
    await endReader();
    expect(await look?.()).toBe('held');
  });

  it('is seen of a pipe with a name, too', async () => {
    const path = namedPipe(temporaryFolder());
    const reading = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const look = readingEndOf(opened(path, constants.O_WRONLY));
    expect(await look?.()).toBe('held');
    closeSync(reading);
    expect(await look?.()).toBe('gone');
  });

  it('is nothing that a file has', () => {
    expect(readingEndOf(opened(join(temporaryFolder({ file: '' }), 'file'), constants.O_WRONLY))).toBeNull();
    expect(readingEndOf(2 ** 20)).toBeNull();
  });
});
