import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { followInputs } from '../../../../src/prompt/follow-inputs.ts';
import { gatherPrompt, type PromptSources } from '../../../../src/cli/input/gather-prompt.ts';
import { namedPipe } from '../../../support/named-pipe.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { piped } from '../fake-io.ts';

const NOTHING: Omit<PromptSources, 'inputs'> = {
  words: [],
  template: null,
  promptFile: undefined,
  files: [],
  stdin: null,
  stdinFile: null,
  slash: false,
  condense: null,
  limit: 1000,
  cwd: '/',
  greedyFlag: undefined,
  stdinMayBeIdle: false,
  stdinTimeout: undefined,
  requireStdin: undefined,
  signal: new AbortController().signal,
  onWait: () => {},
  onEmptyPipe: () => {},
};

/** What a prompt is made of; whoever is told what is not waited for any more is told what is waited for, too. */
const gather = ({ onWait = NOTHING.onWait, ...sources }: Partial<PromptSources>) =>
  gatherPrompt({ ...NOTHING, ...sources, onWait, inputs: followInputs(onWait) });
const failing = (message: RegExp) =>
  expect.objectContaining({ code: 'usage', message: expect.stringMatching(message) });

function pipedBytes(bytes: Buffer): PassThrough {
  const pipe = new PassThrough();
  pipe.end(bytes);
  return pipe;
}

describe('gatherPrompt', () => {
  it('takes what was typed for the instruction', async () => {
    expect(await gather({ words: ['why', 'did it', 'fail?'] })).toMatchObject({
      text: 'why did it fail?',
      attachments: [],
    });
  });

  it('takes what was piped in for the instruction, when it is all there is, and lets nothing in it be acted upon', async () => {
    const prompt = await gather({ stdin: piped('/cost ', '@notes') });
    expect(prompt).toMatchObject({ inert: '/cost @notes' });
    expect(prompt).not.toHaveProperty('text');
  });

  it('lets a piped slash command be one, when asked', async () => {
    expect(await gather({ stdin: piped('/cost'), slash: true })).toMatchObject({ text: '/cost', slash: true });
  });

  it('attaches what was piped in, when there is an instruction', async () => {
    expect(await gather({ words: ['why?'], stdin: piped('log line\n') })).toMatchObject({
      text: 'why?',
      attachments: [{ name: 'stdin', text: 'log line\n' }],
    });
  });

  it('attaches nothing for an empty pipe, and says so', async () => {
    let empty = 0;
    const onEmptyPipe = (): void => void empty++;
    expect(await gather({ words: ['why?'], stdin: piped(), onEmptyPipe })).toMatchObject({
      text: 'why?',
      attachments: [],
      warnings: [
        expect.stringMatching(/^nothing was piped in: stdin ended after 0 bytes; say --no-stdin .*--require-stdin/),
      ],
    });
    expect(empty).toBe(1);
    expect(await gather({ words: ['why?'], stdin: piped('x'), onEmptyPipe })).not.toHaveProperty('warnings');
    expect(await gather({ words: ['why?'], onEmptyPipe })).not.toHaveProperty('warnings');
    expect(empty).toBe(1);
  });

  it('says so of a pipe with nothing but blanks in it', async () => {
    expect(await gather({ words: ['why?'], stdin: piped(' \n') })).toMatchObject({
      warnings: [expect.stringMatching(/^nothing was piped in but blanks \(2 bytes\); say /)],
    });
  });

  it.each<[string, Partial<PromptSources>, RegExp]>([
    ['is no pipe', {}, /^--require-stdin: nothing is piped in; do so, as in: /],
    ['is empty', { stdin: piped() }, /^--require-stdin: nothing was piped in: stdin ended after 0 bytes; see what /],
    ['holds blanks alone', { stdin: piped('\n') }, /^--require-stdin: nothing was piped in but blanks \(1 byte\); /],
    [
      'stays silent',
      { stdin: new PassThrough(), stdinTimeout: 10 },
      /^--require-stdin: stdin is still silent after 10ms \(--stdin-timeout\); /,
    ],
  ])('asks nothing when stdin is required and %s', async (_, sources, message) => {
    await expect(gather({ words: ['why?'], requireStdin: '--require-stdin', ...sources })).rejects.toThrow(
      failing(message),
    );
  });

  it('waits for a stdin that is required, whoever’s it is', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const stdin = new PassThrough();
    const prompt = gather({ words: ['why?'], stdin, stdinMayBeIdle: true, requireStdin: '--require-stdin' });
    await vi.advanceTimersByTimeAsync(60_000);
    stdin.end('at last');
    expect(await prompt).toMatchObject({ attachments: [{ name: 'stdin', text: 'at last' }] });
  });

  it('reads UTF-16, tells what is odd, and refuses what is binary', async () => {
    const utf16 = Buffer.from('\uFEFFgrün', 'utf16le');
    expect(await gather({ words: ['x'], stdin: pipedBytes(utf16) })).toMatchObject({
      attachments: [{ name: 'stdin', text: 'grün' }],
    });
    expect(await gather({ stdin: pipedBytes(Buffer.from([0x61, 0xff])) })).toMatchObject({
      inert: 'a\uFFFD',
      warnings: ['stdin has 1 place that is no text; there, the model sees U+FFFD'],
    });
    await expect(gather({ stdin: pipedBytes(gzipSync('log')) })).rejects.toThrow(
      failing(/^stdin cannot be read: it is gzip, and no text; try: … \| gunzip -c \| sluice …$/),
    );
  });

  it('reads files relative to the working directory, stdin last', async () => {
    const cwd = temporaryFolder({ 'ask.md': 'Explain.', 'a.log': 'A', 'b/b.log': 'B' });
    expect(
      await gather({
        words: ['Briefly.'],
        promptFile: 'ask.md',
        files: ['a.log', 'b/b.log'],
        stdin: piped('C'),
        cwd,
      }),
    ).toMatchObject({
      text: 'Briefly.\n\nExplain.',
      attachments: [
        { name: 'a.log', text: 'A' },
        { name: 'b/b.log', text: 'B' },
        { name: 'stdin', text: 'C' },
      ],
    });
  });

  it('takes a prompt file for the instruction', async () => {
    const cwd = temporaryFolder({ 'ask.md': '/review @x\n' });
    expect(await gather({ promptFile: 'ask.md', cwd })).toMatchObject({ text: '/review @x\n' });
  });

  it.each<[string, Partial<PromptSources>, RegExp]>([
    ['a prompt file', { promptFile: 'gone.md' }, /^--prompt-file: gone\.md cannot be read/],
    ['a file', { words: ['x'], files: ['gone.log'] }, /^--file: gone\.log cannot be read/],
    ['stdin over the limit', { stdin: piped('xxxxx'), limit: 4 }, /stdin has more than 4 bytes/],
    [
      'stdin over the limit, which says how much of it fits in',
      { words: ['x'.repeat(30)], stdin: piped('x'.repeat(1100)), limit: 1000 },
      /; send its end: … \| tail -c 960 \| sluice …$/,
    ],
    [
      'stdin over the limit, by the name of its file',
      { stdin: piped('x'.repeat(1100)), stdinFile: 'app.log', limit: 1000 },
      /; send its end: tail -c 990 app\.log \| sluice …$/,
    ],
    ['stdin over the limit, beside a prompt', { words: ['x'], stdin: piped('xxxxx'), limit: 4 }, /more than 4 bytes/],
  ])('names %s that cannot be used', async (_, sources, message) => {
    await expect(gather({ cwd: temporaryFolder(), ...sources })).rejects.toThrow(failing(message));
  });

  it('names the flag that took the prompt', async () => {
    await expect(gather({ greedyFlag: '--allowed-tools takes every word' })).rejects.toThrow(
      failing(/nothing to ask: --allowed-tools takes every word.*prompt first/),
    );
    expect(await gather({ greedyFlag: '--allowed-tools takes every word', stdin: piped('x') })).toMatchObject({
      inert: 'x',
    });
  });

  it('goes on without a stdin that is open, silent and nobody’s, and says so', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    let told = 0;
    const stdin = new PassThrough();
    const prompt = gather({ words: ['why?'], stdin, stdinMayBeIdle: true, onWait: () => void told++ });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await prompt).toMatchObject({ text: 'why?', attachments: [] });
    expect(told).toBe(1);
    expect(await prompt).toMatchObject({ warnings: ['stdin is open but silent; going on without it'] });
    expect(stdin.destroyed).toBe(true);
  });

  it('waits for a stdin that has begun to speak, and loses nothing of it', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const told: string[] = [];
    const stdin = new PassThrough();
    const prompt = gather({ words: ['why?'], stdin, onWait: (text) => void told.push(text) });
    await vi.advanceTimersByTimeAsync(1000);
    stdin.write('first, ');
    await vi.advanceTimersByTimeAsync(600_000);
    expect(told).toEqual(['waiting for more of stdin, which has been silent after 7 bytes']);
    stdin.write('second, ');
    await vi.advanceTimersByTimeAsync(29_000);
    expect(told).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(told[1]).toBe('waiting for more of stdin, which has been silent after 15 bytes');
    stdin.end('third');
    expect(await prompt).toMatchObject({ attachments: [{ name: 'stdin', text: 'first, second, third' }] });
    expect(told).toHaveLength(2);
  });

  it('waits for a slow producer, and says so after a while', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const told: string[] = [];
    const stdin = new PassThrough();
    const prompt = gather({ words: ['why?'], stdin, onWait: (text) => void told.push(text) });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toEqual(['waiting for stdin, which is silent so far']);
    stdin.end('at last');
    expect(await prompt).toMatchObject({ text: 'why?', attachments: [{ name: 'stdin', text: 'at last' }] });
  });

  it('waits for a silent stdin that is the whole prompt', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const stdin = new PassThrough();
    const prompt = gather({ stdin });
    await vi.advanceTimersByTimeAsync(600_000);
    stdin.end('at last');
    expect(await prompt).toMatchObject({ inert: 'at last' });
  });

  describe('with a limit on stdin', () => {
    it('goes on with what came by then, and lets the producer go', async () => {
      vi.useFakeTimers();
      onTestFinished(() => void vi.useRealTimers());
      const told: string[] = [];
      const stdin = new PassThrough();
      const prompt = gather({ words: ['why?'], stdin, stdinTimeout: 2000, onWait: (text) => void told.push(text) });
      stdin.write('line 1\n');
      await vi.advanceTimersByTimeAsync(1900);
      stdin.write('line 2\n');
      await vi.advanceTimersByTimeAsync(200);
      expect(await prompt).toMatchObject({ text: 'why?', attachments: [{ name: 'stdin', text: 'line 1\nline 2\n' }] });
      expect(told).toEqual(['stdin is still open after 2s (--stdin-timeout); going on with 14 bytes']);
      expect(await prompt).toMatchObject({ warnings: told });
      expect(stdin.destroyed).toBe(true);
    });

    it('does not wait for it when stdin ends before', async () => {
      const told: string[] = [];
      const onWait = (text: string): void => void told.push(text);
      expect(await gather({ stdin: piped('all of it'), stdinTimeout: 600_000, onWait })).toMatchObject({
        inert: 'all of it',
      });
      expect(told).toEqual([]);
    });

    it('goes on without a stdin that is silent, when there is a prompt', async () => {
      const told: string[] = [];
      const onWait = (text: string): void => void told.push(text);
      expect(await gather({ words: ['why?'], stdin: new PassThrough(), stdinTimeout: 10, onWait })).toMatchObject({
        text: 'why?',
        attachments: [],
      });
      expect(told).toEqual(['stdin is still silent after 10ms (--stdin-timeout); going on without it']);
    });

    it('has nothing to ask when stdin is silent and all there is', async () => {
      await expect(gather({ stdin: new PassThrough(), stdinTimeout: 10 })).rejects.toThrow(
        failing(/^nothing to ask: .*stdin is still silent after 10ms \(--stdin-timeout\)$/),
      );
    });
  });

  it('waits for nothing any more once the run is to end', async () => {
    const stop = new AbortController();
    const stdin = new PassThrough();
    const prompt = gather({ words: ['why?'], stdin, files: [namedPipe(temporaryFolder())], signal: stop.signal });
    stop.abort('SIGINT');
    expect(await prompt).toMatchObject({ text: 'why?' });
    expect(stdin.destroyed).toBe(true);
  });
});
