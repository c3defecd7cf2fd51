import { describe, expect, it } from 'vitest';
import { formatSize, problemOf, sentFileOf, whyBrokenOff } from '../../../src/page/attach/sent-file.ts';

const MIB = 1024 * 1024;

describe('a file that is attached', () => {
  it.each([0, 1, 32_765, 32_766, 32_767, 100_000])('is sent as its bytes are, of which there are %d', async (size) => {
    const bytes = Uint8Array.from({ length: size }, (_, at) => (at * 7) % 256);
    const { name, base64 = '' } = await sentFileOf(new File([bytes], 'a.bin'));
    expect([name, Buffer.compare(Buffer.from(base64, 'base64'), bytes)]).toEqual(['a.bin', 0]);
  });

  it('has a name that a gateway takes', async () => {
    const nameOf = async (name: string): Promise<string> => (await sentFileOf(new File(['x'], name))).name;
    expect(await nameOf('')).toBe('pasted');
    expect(await nameOf(`${'a'.repeat(300)}.log`)).toMatch(/^a{100}…a{95}\.log$/);
  });

  it.each([
    [Array.from({ length: 101 }, () => ({ size: 1 })), 'Attachments: there may be 100'],
    [[{ size: 200 * MIB }, { size: 200 * MIB }], 'Attachments: 400 MiB are more than any gateway takes'],
    [[{ size: 16 * MIB }], null],
  ])('is weighed with the others (%#)', (files, expected) => {
    expect(problemOf(files)).toBe(expected);
  });

  it('may be why a gateway broke off, where it is large', () => {
    expect(whyBrokenOff([{ size: 11 * MIB }])).toBeNull();
    expect(whyBrokenOff([{ size: 11 * MIB }, { size: 2 * MIB }])).toMatch(
      /are 13\.0 MiB, and it takes 12\.0 MiB of them/,
    );
  });

  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1536, '1.5 KiB'],
    [400 * MIB, '400 MiB'],
  ])('of %d bytes is %s', (bytes, expected) => {
    expect(formatSize(bytes)).toBe(expected);
  });
});
