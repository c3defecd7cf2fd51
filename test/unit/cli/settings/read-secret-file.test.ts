import { mkdirSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { readSecretFile } from '../../../../src/cli/settings/read-secret-file.ts';
import { namedPipe } from '../../../support/named-pipe.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const NEVER = new AbortController().signal;

const failing = (message: RegExp) =>
  expect.objectContaining({ code: 'usage', message: expect.stringMatching(message) });

/** The secrets in a file with this content, or why there are none. */
function read(content: string | Buffer, byProject = false): Promise<string[]> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'known.txt'), content);
  return readSecretFile({ path: 'known.txt', where: '--secret-file', byProject }, folder, NEVER, () => {});
}

describe('a file of secrets', () => {
  it.each<[string, string, readonly string[]]>([
    ['one a line', 'swordfish\nopen sesame\n', ['swordfish', 'open sesame']],
    ['a last line without its end', 'swordfish', ['swordfish']],
    ['lines from Windows', 'swordfish\r\n\r\nopen sesame\r\n', ['swordfish', 'open sesame']],
    ['blank lines and blanks around', '\n  \n\tswordfish \n\n', ['swordfish']],
    ['a byte order mark', '\uFEFFswordfish\n', ['swordfish']],
    ['other alphabets', 'Größe über alles\n日本語です\n', ['Größe über alles', '日本語です']],
  ])('has %s', async (_, content, secrets) => {
    expect(await read(content)).toEqual(secrets);
    expect(await read(content, true)).toEqual(secrets);
  });

  it.each<[string, string | Buffer, RegExp]>([
    ['a value that is too short', 'swordfish\n\nabc\n', /^--secret-file: known\.txt: line 3: .* at least 4 .*, not 3$/],
    ['no value', '', /^--secret-file: known\.txt: there is no secret in it/],
    ['blank lines alone', '\n \r\n', /there is no secret in it/],
    ['bytes that are no text', Buffer.from([0x73, 0xff, 0xfe, 0x64]), /known\.txt: it is not UTF-8$/],
    ['too much', 'x'.repeat(64 * 1024 + 1), /known\.txt cannot be read: it has more than 65536 bytes$/],
  ])('with %s is refused, and nothing of it shown', async (_, content, message) => {
    await expect(read(content)).rejects.toThrow(failing(message));
    await expect(read(content)).rejects.toThrow(failing(/^(?!.*(?:swordfish|abc))/));
  });

  it('must be there, and be a file', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'dir'));
    const named = (path: string) =>
      readSecretFile({ path, where: 'SLUICE_SECRET_FILES', byProject: false }, folder, NEVER, () => {});
    await expect(named('gone')).rejects.toThrow(
      failing(/^SLUICE_SECRET_FILES: gone cannot be read: no such file or directory \(ENOENT\)/),
    );
    await expect(named('dir')).rejects.toThrow(failing(/^SLUICE_SECRET_FILES: dir cannot be read: it is a folder$/));
  });
});

describe('a pipe of secrets', () => {
  const pipe = (): string => namedPipe(temporaryFolder());

  it('is waited for and read to its end', async () => {
    const path = pipe();
    const secrets = readSecretFile({ path, where: '--secret-file', byProject: false }, '/', NEVER, () => {});
    const writer = await open(path, 'w');
    await writer.write('sword');
    await writer.write('fish\nopen sesame\n');
    await writer.close();
    expect(await secrets).toEqual(['swordfish', 'open sesame']);
  });

  it('is given up when there is to be no run', async () => {
    const stop = new AbortController();
    const secrets = readSecretFile(
      { path: pipe(), where: '--secret-file', byProject: false },
      '/',
      stop.signal,
      () => {},
    );
    stop.abort();
    expect(await secrets).toEqual([]);
  });

  it('says what it waits for, when it is silent for long', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const stop = new AbortController();
    const told: string[] = [];
    const path = pipe();
    const file = { path, where: 'SLUICE_SECRET_FILES', byProject: false };
    const secrets = readSecretFile(file, '/', stop.signal, (text) => void told.push(text));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toEqual([`waiting for ${path} (SLUICE_SECRET_FILES), which is silent so far`]);
    stop.abort();
    await secrets;
  });

  it('is refused where a project names it, since it may never end', async () => {
    const secrets = readSecretFile({ path: pipe(), where: '.sluicerc.json', byProject: true }, '/', NEVER, () => {});
    await expect(secrets).rejects.toThrow(failing(/cannot be read: a project file can only name a plain file$/));
  });
});
