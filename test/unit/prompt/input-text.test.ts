import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inputText } from '../../../src/prompt/input-text.ts';

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

/** The message with which bytes are refused. */
function refusal(bytes: Buffer, file: string | null = null): string {
  try {
    inputText(bytes, file);
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  return 'taken';
}

describe('inputText', () => {
  it.each<[string, Buffer, string]>([
    ['nothing', Buffer.alloc(0), ''],
    ['UTF-8', Buffer.from('größe \u{1F600}'), 'größe \u{1F600}'],
    ['UTF-8 with a mark', Buffer.from('\uFEFFgröße'), 'größe'],
    ['UTF-16LE with a mark', Buffer.from('\uFEFFgröße \u{1F600}', 'utf16le'), 'größe \u{1F600}'],
    ['UTF-16BE with a mark', utf16be('\uFEFFgröße \u{1F600}'), 'größe \u{1F600}'],
    ['U+FFFD itself', Buffer.from('a\uFFFDb'), 'a\uFFFDb'],
    ['a text that begins as a PDF does', Buffer.from('%PDF-1.7 is what?'), '%PDF-1.7 is what?'],
    ['control characters', Buffer.from('\u001b[31mred\r\n'), '\u001b[31mred\r\n'],
  ])('takes %s', (_, bytes, text) => {
    expect(inputText(bytes, null)).toEqual({ text, oddities: null });
  });

  it.each<[string, Buffer, string, string]>([
    [
      'a stray byte',
      Buffer.from('caf\xe9', 'latin1'),
      'caf\uFFFD',
      '1 place that is no text; there, the model sees U+FFFD',
    ],
    ['NUL', Buffer.from('a\0b\0'), 'a\0b\0', '2 NUL bytes'],
    [
      'both',
      Buffer.from('a\0\xff', 'latin1'),
      'a\0\uFFFD',
      '1 place that is no text and 1 NUL byte; there, the model sees U+FFFD',
    ],
    [
      'half a character of UTF-16',
      Buffer.concat([Buffer.from('\uFEFFab', 'utf16le'), Buffer.from([0x00, 0xd8])]),
      'ab\uFFFD',
      '1 place that is no text; there, the model sees U+FFFD',
    ],
    [
      'half a code unit of UTF-16',
      Buffer.concat([utf16be('\uFEFFab'), Buffer.from('c')]),
      'ab\uFFFD',
      '1 place that is no text; there, the model sees U+FFFD',
    ],
  ])('takes a text with %s, and says so', (_, bytes, text, oddities) => {
    expect(inputText(bytes, null)).toEqual({ text, oddities });
  });

  it('takes a long log with some lines in another encoding', () => {
    const log = Buffer.concat([Buffer.from('line\n'.repeat(1000)), Buffer.from('é'.repeat(100), 'latin1')]);
    expect(inputText(log, null).oddities).toMatch(/^100 places that are no text/);
  });

  it.each<[string, Buffer, string | null, string]>([
    [
      'gzip from a file',
      gzipSync('log'),
      'app.log.gz',
      'it is gzip, and no text; try: gunzip -c app.log.gz | sluice …',
    ],
    ['gzip from a pipe', gzipSync('log'), null, 'it is gzip, and no text; try: … | gunzip -c | sluice …'],
    [
      'a Zip archive with an odd name',
      Buffer.from('PK\x03\x04\0\0', 'latin1'),
      "it's.zip",
      String.raw`it is a Zip archive, and no text; try: unzip -p 'it'\''s.zip' | sluice …`,
    ],
    [
      'an image',
      Buffer.from('\x89PNG\r\n\x1a\n\0', 'latin1'),
      'shot.png',
      'it is a PNG image, and no text; try: sluice "what is in @shot.png?"',
    ],
    [
      'a PDF',
      Buffer.from('%PDF-1.7\n%\xe2\xe3', 'latin1'),
      'a.pdf',
      'it is a PDF, and no text; try: sluice --tools Read "what is in a.pdf?", or: pdftotext a.pdf - | sluice …',
    ],
    [
      'a film',
      Buffer.from('\0\0\0\x18ftypmp42', 'latin1'),
      'a.mp4',
      'it is a sound or a film, and no text; make a text of it first',
    ],
    [
      'UTF-16 without a mark',
      Buffer.from('hello world', 'utf16le'),
      'a.txt',
      'it has 11 NUL bytes; if it is UTF-16LE, try: iconv -f UTF-16LE -t UTF-8 a.txt | sluice …',
    ],
    [
      'the same the other way round',
      utf16be('hello world'),
      null,
      'it has 11 NUL bytes; if it is UTF-16BE, try: … | iconv -f UTF-16BE -t UTF-8 | sluice …',
    ],
    [
      'UTF-32, however short',
      Buffer.from('fffe000068000000', 'hex'),
      null,
      'it has 2 NUL bytes; if it is UTF-32, try: … | iconv -f UTF-32 -t UTF-8 | sluice …',
    ],
    [
      'another alphabet',
      Buffer.from('cff0e8e2e5f22c20ece8f0212020cff0e8e2e5f2', 'hex'),
      'a.txt',
      'it has 15 places that are no text; if it is in another encoding, such as WINDOWS-1252, try: iconv -f WINDOWS-1252 -t UTF-8 a.txt | sluice …',
    ],
    [
      'a log with a hole in it',
      Buffer.from(`${'\0'.repeat(1000)}line\n`),
      'a.log',
      String.raw`it has 1000 NUL bytes; without them: tr -d '\000' < a.log | sluice …`,
    ],
  ])('refuses %s, and says what to do', (_, bytes, file, message) => {
    expect(refusal(bytes, file)).toBe(message);
  });

  it('refuses what is binary, of whatever kind', () => {
    const bytes = deflateSync(Buffer.from(Array.from({ length: 5000 }, (_, index) => String(index * 7919)).join()));
    expect(refusal(Buffer.concat([Buffer.from('head'), bytes]))).toMatch(
      /^it is binary: it has \d+ places that are no text/,
    );
  });
});
