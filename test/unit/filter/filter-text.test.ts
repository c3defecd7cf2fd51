import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterText, type Input, type InputWatcher } from '../../../src/filter/filter-text.ts';
import { createReportPrinter } from '../../../src/filter/report-printer.ts';
import { createTextPrinter } from '../../../src/filter/text-printer.ts';
import { createRedactor, type Redactor } from '../../../src/secrets/redactor.ts';
import { from } from '../../support/collect.ts';

const SECRET = 'correct horse battery';
const redactor = (): Redactor => createRedactor({ env: {}, values: [SECRET] });

const quiet: InputWatcher = { onBegin() {}, onUnreadable() {} };

function input(name: string | null, ...chunks: readonly (string | Uint8Array)[]): Input {
  return { name, open: () => from(chunks.map((chunk) => Buffer.from(chunk))) };
}

/** What is printed of inputs. */
async function filtered(
  inputs: readonly Input[],
  printer = createTextPrinter(),
  watcher = quiet,
  signal = new AbortController().signal,
): Promise<Buffer> {
  const masking = redactor();
  const printed: Uint8Array[] = [];
  const watching: InputWatcher = { ...watcher, onBegin: ({ name }, at) => printer.begin(name, at) };
  for await (const released of filterText(inputs, masking, watching, signal)) printed.push(printer.print(released));
  return Buffer.concat([...printed, printer.end(masking.totals, false)]);
}

describe('filterText', () => {
  it('masks secrets and leaves every other byte as it was', async () => {
    const noise = Buffer.from('fffe00c3280d0aefbbbf', 'hex');
    const text = Buffer.concat([noise, Buffer.from(` ${SECRET} `), noise]);
    expect(await filtered([input(null, text)])).toEqual(
      Buffer.concat([noise, Buffer.from(' [REDACTED:known-value#1] '), noise]),
    );
  });

  it('gives the same whatever the chunks, bytes that are no text included', async () => {
    const piece = fc.oneof(
      fc.constantFrom(`x ${SECRET} y`, SECRET, 'password=hunter2horse9!\n', '\n', 'é😀'),
      fc.uint8Array({ maxLength: 8 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece), fc.integer({ min: 1, max: 7 }), async (pieces, size) => {
        const whole = Buffer.concat(pieces.map((each) => Buffer.from(each)));
        const chunks = Array.from({ length: Math.ceil(whole.length / size) }, (_, index) =>
          whole.subarray(index * size, (index + 1) * size),
        );
        expect(await filtered([input(null, ...chunks)])).toEqual(await filtered([input(null, whole)]));
      }),
    );
  });

  it('reads inputs as one text, so that a secret that was split over two is one', async () => {
    expect(String(await filtered([input('a', 'see correct ho'), input('b', 'rse battery.\n')]))).toBe(
      'see [REDACTED:known-value#1].\n',
    );
  });

  it('releases what is finished at once', async () => {
    let released = '';
    const byThen: string[] = [];
    const open = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('first\n');
      byThen.push(released);
      yield Buffer.from(`second ${SECRET}\nthird corr`);
      byThen.push(released);
    };
    for await (const { text } of filterText([{ name: null, open }], redactor(), quiet, new AbortController().signal)) {
      released += text;
    }
    expect(byThen).toEqual(['first\n', 'first\nsecond [REDACTED:known-value#1]\nthird ']);
    expect(released).toBe('first\nsecond [REDACTED:known-value#1]\nthird corr');
  });

  it('goes on with the next input where one cannot be read', async () => {
    const failed: unknown[] = [];
    const broken: Input = {
      name: 'broken',
      async *open() {
        yield Buffer.from('half ');
        throw new Error('no more');
      },
    };
    const missing: Input = { name: 'missing', open: () => Promise.reject(new Error('not there')) };
    const watcher = {
      ...quiet,
      onUnreadable: ({ name }: Input, error: unknown) => void failed.push([name, String(error)]),
    };
    expect(String(await filtered([missing, broken, input('c', 'rest')], undefined, watcher))).toBe('half rest');
    expect(failed).toEqual([
      ['missing', 'Error: not there'],
      ['broken', 'Error: no more'],
    ]);
  });

  it('shows nothing of what it held back when it is ended', async () => {
    const stop = new AbortController();
    const open = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('done. correct ho');
      stop.abort();
      throw new Error('ended');
    };
    const unread: unknown[] = [];
    const watcher = { ...quiet, onUnreadable: (...all: unknown[]) => void unread.push(all) };
    const printed = await filtered([{ name: null, open }, input('b', 'b')], undefined, watcher, stop.signal);
    expect(String(printed)).toBe('done. ');
    expect(unread).toEqual([]);
  });

  it.each([
    ['fffe41004200', 'AB'],
    ['feff00410042', 'AB'],
    ['41004200430044004500', 'ABCDE'],
    ['00410042004300440045', 'ABCDE'],
    ['fffe41003dd800de2000', 'A\u{1F600} '],
  ])('gives UTF-16 as UTF-8: %s is %j', async (hex, expected) => {
    const bytes = Buffer.from(hex, 'hex');
    expect(String(await filtered([input('a', bytes)]))).toBe(expected);
    expect(String(await filtered([input('a', ...[...bytes].map((byte) => Uint8Array.of(byte)))]))).toBe(expected);
  });

  it.each([
    ['fffe000041000000', 'UTF-32'],
    ['0000feff00000041', 'UTF-32'],
    ['41000000420000000d000000', 'UTF-32LE'],
    ['00000041000000420000000d', 'UTF-32BE'],
  ])('reads no UTF-32: %s', async (hex, name) => {
    const bytes = Buffer.from(hex, 'hex');
    for (const chunks of [[bytes], [...bytes].map((byte) => Uint8Array.of(byte))]) {
      const unread: unknown[] = [];
      const watcher = { ...quiet, onUnreadable: (...all: unknown[]) => void unread.push(...all.map(String)) };
      const printed = await filtered([input('a', ...chunks), input('b', 'b')], undefined, watcher);
      expect(String(printed)).toBe('b');
      expect(unread).toEqual([
        expect.anything(),
        expect.stringMatching(new RegExp(`it is UTF-32, .*: iconv -f ${name} -t UTF-8$`)),
      ]);
    }
  });

  it.each(['fffeffff', 'efbbbf41', '', '00', '4100', '410042', '4100420043ff4400', '0001000200030004'])(
    'leaves other bytes as they are: %s',
    async (hex) => {
      const bytes = Buffer.from(hex, 'hex');
      expect(await filtered([input('a', bytes)])).toEqual(bytes);
      expect(await filtered([input('a', ...[...bytes].map((byte) => Uint8Array.of(byte)))])).toEqual(bytes);
    },
  );
});

describe('a report', () => {
  const report = async (...inputs: readonly Input[]): Promise<unknown> =>
    JSON.parse(
      String(
        await filtered(
          inputs,
          createReportPrinter((name) => name.replace('secret', '***')),
        ),
      ),
    );

  it('is one document, with a finding for each secret', async () => {
    expect(await report(input('a', `one\n  ${SECRET}`), input(null, `${SECRET}\n`), input('a secret', SECRET))).toEqual(
      {
        findings: [
          { file: 'a', line: 2, column: 3, kind: 'known-value', placeholder: '[REDACTED:known-value#1]' },
          { file: null, line: 1, column: 1, kind: 'known-value', placeholder: '[REDACTED:known-value#1]' },
          { file: 'a ***', line: 1, column: 1, kind: 'known-value', placeholder: '[REDACTED:known-value#1]' },
        ],
        total: 3,
        byKind: { 'known-value': 3 },
        partial: false,
      },
    );
  });

  it('is a document where nothing was found', async () => {
    expect(await report(input(null, 'nothing'))).toEqual({ findings: [], total: 0, byKind: {}, partial: false });
    expect(await report()).toEqual({ findings: [], total: 0, byKind: {}, partial: false });
  });

  it('has a finding a line, in which nothing acts on a terminal', async () => {
    const text = String(
      await filtered(
        [input('\u001b[31m\u202e.log', `${SECRET} ${SECRET}`)],
        createReportPrinter((name) => name),
      ),
    );
    expect(text.split('\n')).toHaveLength(5);
    expect(text).not.toMatch(/[\u001b\u202e]/);
  });
});
