import { execFileSync, spawnSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type * as fs from 'node:fs';
import { mkdtempSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createPrivateFolder } from '../../../../src/system/private-folder.ts';
import { openSpool, type Spool } from '../../../../src/claude/output/spool.ts';
import { builtProgram } from '../../../support/built-program.ts';

const SPOOLED = builtProgram(new URL('./spooled.ts', import.meta.url));

const { watch } = vi.hoisted(() => ({ watch: vi.fn<typeof fs.watch>() }));

vi.mock('node:fs', async (original) => {
  const actual = await original<typeof fs>();
  watch.mockImplementation(actual.watch);
  return { ...actual, watch };
});

function spoolInFolder(): { spool: Spool; path: string } {
  const folder = createPrivateFolder();
  const spool = openSpool(folder.path);
  onTestFinished(() => {
    spool.close();
    folder.remove();
  });
  return { spool, path: folder.path };
}

/** All that comes out; chunks are copied, since their memory is used again. */
async function readAll(spool: Spool): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of spool.chunks()) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

describe('a spool', () => {
  it('gives what was written before it was read', async () => {
    const { spool } = spoolInFolder();
    writeSync(spool.descriptor, 'one\ntwo\n');
    spool.end();
    expect((await readAll(spool)).toString()).toBe('one\ntwo\n');
  });

  it('gives what was written to a file that somebody cleared away', async () => {
    const { spool, path } = spoolInFolder();
    writeSync(spool.descriptor, 'one\n');
    rmSync(join(path, 'stdout'));
    const read = readAll(spool);
    await turn();
    spool.end();
    expect((await read).toString()).toBe('one\n');
  });

  it('gives nothing when nothing was written', async () => {
    const { spool } = spoolInFolder();
    spool.end();
    expect(await readAll(spool)).toHaveLength(0);
  });

  it('tells when it is begun, also beside a reader, and when it never will be', async () => {
    const { spool } = spoolInFolder();
    const { signal } = new AbortController();
    const told = [spool.begun(signal), spool.begun(signal)];
    const read = spool.chunks().next();
    await turn();
    expect(await Promise.race([...told, turn('not yet')])).toBe('not yet');
    writeSync(spool.descriptor, 'one');
    await Promise.all([...told, read]);
    const { spool: silent } = spoolInFolder();
    const never = silent.begun(signal);
    silent.end();
    await never;
  });

  it('does not look any more whether it is begun once nobody asks', async () => {
    const { spool } = spoolInFolder();
    const nobody = new AbortController();
    const told = spool.begun(nobody.signal);
    await turn();
    nobody.abort();
    await expect(told).resolves.toBeUndefined();
    await expect(spool.begun(nobody.signal)).resolves.toBeUndefined();
  });

  it('gives what is written while it is read, at once and not at the end', async () => {
    const { spool } = spoolInFolder();
    const chunks = spool.chunks();
    for (const text of ['first', 'second', 'third']) {
      const next = chunks.next();
      await turn();
      writeSync(spool.descriptor, text);
      expect(Buffer.from((await next).value ?? []).toString()).toBe(text);
    }
    const end = chunks.next();
    spool.end();
    expect((await end).done).toBe(true);
  });

  it('reads to the end when the end is told in the middle of a read', async () => {
    const { spool } = spoolInFolder();
    const chunks = spool.chunks();
    writeSync(spool.descriptor, 'a');
    await chunks.next();
    const next = chunks.next();
    await turn();
    writeSync(spool.descriptor, 'b');
    spool.end();
    expect(Buffer.from((await next).value ?? []).toString()).toBe('b');
    expect((await chunks.next()).done).toBe(true);
  });

  it('gives every byte once and in order, however it is written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(5000), fc.boolean()), { maxLength: 20 }), async (writes) => {
        const folder = createPrivateFolder();
        const spool = openSpool(folder.path);
        let next = 0;
        const written: Buffer[] = [];
        const read = readAll(spool);
        for (const [size, pause] of writes) {
          const bytes = Buffer.from(Array.from({ length: size }, () => next++ % 251));
          written.push(bytes);
          for (let done = 0; done < bytes.length;) done += writeSync(spool.descriptor, bytes, done);
          if (pause) await turn();
        }
        spool.end();
        expect((await read).equals(Buffer.concat(written))).toBe(true);
        spool.close();
        folder.remove();
      }),
      { numRuns: 50 },
    );
  });

  it('gives 20 MB whole', async () => {
    const { spool } = spoolInFolder();
    const megabyte = Buffer.from(Array.from({ length: 1_000_003 }, (_, index) => index % 251));
    const read = readAll(spool);
    for (let count = 0; count < 20; count++) {
      for (let done = 0; done < megabyte.length;) done += writeSync(spool.descriptor, megabyte, done);
      await turn();
    }
    spool.end();
    const bytes = await read;
    expect(bytes).toHaveLength(20 * megabyte.length);
    expect(bytes.equals(Buffer.concat(Array.from({ length: 20 }, () => megabyte)))).toBe(true);
  });

  it.skipIf(process.platform === 'win32')(
    'leaves no file behind, even while it is open, once it is waited for',
    async () => {
      const { spool, path } = spoolInFolder();
      await spool.begun(AbortSignal.abort());
      expect(readdirSync(path)).toEqual([]);
    },
  );
});

describe('a spool of which the system sends no word', () => {
  it('is read all the same when no watcher is left', async () => {
    watch.mockImplementationOnce(() => {
      throw Object.assign(new Error('too many open files'), { code: 'EMFILE' });
    });
    const { spool } = spoolInFolder();
    const next = spool.chunks().next();
    await turn();
    writeSync(spool.descriptor, 'late');
    expect(Buffer.from((await next).value ?? []).toString()).toBe('late');
  });

  it('is read all the same when the watcher fails later', async () => {
    const watcher = Object.assign(new EventEmitter(), { close: vi.fn<() => void>() });
    Reflect.apply(watch.mockReturnValueOnce, watch, [watcher]);
    const { spool } = spoolInFolder();
    const chunks = spool.chunks();
    for (const text of ['first', 'second']) {
      const next = chunks.next();
      await turn();
      writeSync(spool.descriptor, text);
      if (text === 'first') watcher.emit('error', new Error('gone'));
      expect(Buffer.from((await next).value ?? []).toString()).toBe(text);
    }
    expect(watcher.close).toHaveBeenCalledTimes(1);
  });
});

describe('the fault of a spool', () => {
  it('is none when all could be written', () => {
    const { spool, path } = spoolInFolder();
    const files = readdirSync(path);
    expect(spool.fault()).toBeNull();
    writeSync(spool.descriptor, 'all');
    spool.end();
    expect(spool.fault()).toBeNull();
    expect(readdirSync(path)).toEqual(files);
  });

  it.runIf(process.platform === 'linux')('is a file-size limit that was reached', () => {
    expect(faultIn('ulimit -f 8')).toBe(
      `what claude printed was cut at the file-size limit of ${limitOfBlocks(8)} bytes; raise it (ulimit -f)`,
    );
  });

  it.runIf(process.platform === 'linux')('is none when a file-size limit was not reached', () => {
    expect(faultIn('ulimit -f 1024')).toBe('null');
  });

  it.runIf(process.platform === 'linux')('is none when there was a result, unless a line was cut', () => {
    expect(faultIn('ulimit -f 8', '1024', 'result')).toBe('null');
    expect(faultIn('ulimit -f 8', '1024')).toContain('cut at the file-size limit');
    expect(faultIn('ulimit -f 8', '1000', 'result')).toContain('cut at the file-size limit');
  });

  it.runIf(canMount())('is a disk that is full', () => {
    expect(faultIn(`${mount(4)}; ${fillBut(100)}`)).toBe(
      'what claude printed may have been cut: the disk that holds it is full; free some, or set TMPDIR to a folder on another one',
    );
  });
});

/** Writes to a spool in a process of its own, after these commands, and gives what it says of the fault. */
function faultIn(commands: string, ...written: readonly string[]): string {
  const temporary = mkdtempSync(join(tmpdir(), 'spool-'));
  onTestFinished(() => rmSync(temporary, { recursive: true, force: true }));
  const shell = ['sh', '-c', `${commands} && exec "$@"`, 'sh', process.execPath, SPOOLED, ...written];
  const [program = '', ...args] = commands.includes('mount') ? ['unshare', '-m', ...shell] : shell;
  return execFileSync(program, args, {
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: temporary },
  }).trim();
}

/** Puts a disk of so many MiB where temporary files go, for one process. */
function mount(size: number): string {
  const image = '"$TMPDIR.img"';
  return `truncate -s ${size}M ${image} && mkfs.ext4 -qF ${image} && mount -o loop ${image} "$TMPDIR" && rm ${image}`;
}

/** Leaves so many kB free there. */
function fillBut(rest: number): string {
  const [kept, fill] = ['"$TMPDIR/kept"', '"$TMPDIR/fill"'];
  return `head -c ${rest}k /dev/zero > ${kept}; cat /dev/zero > ${fill} 2> /dev/null; rm ${kept}`;
}

function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'spool-'));
  const { status } = spawnSync('unshare', ['-m', 'sh', '-c', mount(4)], { env: { ...process.env, TMPDIR: folder } });
  rmSync(folder, { recursive: true, force: true });
  rmSync(`${folder}.img`, { force: true });
  return status === 0;
}

/** What a shell means by so many blocks. */
function limitOfBlocks(count: number): number {
  const limits = execFileSync('sh', ['-c', `ulimit -f ${count} && cat /proc/self/limits`], { encoding: 'utf8' });
  return Number(/^Max file size +(\d+)/m.exec(limits)?.[1]);
}
