import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPrettySink } from '../../../../src/sinks/pretty/pretty.ts';
import { rounds } from '../../../support/rounds.ts';
import { calls, eventsOf, partial, type Raw, returns, says, streams } from './events.ts';
import { fakeScreen, type FakeScreen } from './fake-screen.ts';
import { markdown } from './markdown/texts.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Shows messages on a screen, so many milliseconds apart. */
async function show(screen: FakeScreen, messages: readonly Raw[], apart = 1000): Promise<void> {
  const sink = createPrettySink({
    out: screen.terminal,
    showThinking: false,
    showSystem: false,
    now: () => Date.now(),
  });
  for (const event of eventsOf(messages)) {
    await sink.write(event);
    await vi.advanceTimersByTimeAsync(apart);
  }
}

const stop = partial({ type: 'content_block_stop', index: 0 });

const answer = '# Why\nIt was **DNS**: the `resolver` of the new pods did not answer any more.\n\n- one\n- two\n';

describe('a text that is being written', () => {
  it('stands there as it came until it is finished', async () => {
    const screen = fakeScreen(40, 12);
    await show(screen, streams(['# Why\nIt was **DNS**: the `resolver` of the ne']));
    expect(screen.text()).toMatchInlineSnapshot(`
      "Why
      ═══
      It was **DNS**: the \`resolver\` of the
      ne"
    `);
    const whole = fakeScreen(40, 12);
    await show(whole, [...streams([answer]), stop]);
    expect(whole.text()).toMatchInlineSnapshot(`
      "Why
      ═══
      It was DNS: the resolver of the new
      pods did not answer any more.

      • one
      • two
      "
    `);
  });

  it('leaves the same page however it was cut, and whenever it was drawn', async () => {
    await fc.assert(
      fc.asyncProperty(
        markdown,
        fc.infiniteStream(fc.nat(12)),
        fc.integer({ min: 12, max: 80 }),
        fc.integer({ min: 3, max: 30 }),
        fc.nat(60),
        async (text, sizes, columns, rows, apart) => {
          const characters = [...text];
          const pieces: string[] = [];
          while (characters.length > 0) pieces.push(characters.splice(0, (sizes.next().value ?? 0) + 1).join(''));
          const piecemeal = fakeScreen(columns, rows);
          await show(piecemeal, [...streams(pieces), stop, says(text)], apart);
          const atOnce = fakeScreen(columns, rows);
          await show(atOnce, [says(text)]);
          expect(piecemeal.text()).toBe(atOnce.text());
        },
      ),
      { numRuns: rounds(40) },
    );
  });

  it('is written only as far as it is new while it grows', async () => {
    const screen = fakeScreen(40, 12);
    await show(screen, streams(['It was ', 'DNS ', 'all the time.']));
    expect(screen.written()).toBe('It was DNS all the time.');
  });

  it('shows its end where it is higher than the window', async () => {
    const screen = fakeScreen(40, 6);
    await show(screen, streams(Array.from({ length: 20 }, (_, line) => `line ${line}\n`)));
    expect(screen.text()).toBe('line 17\nline 18\nline 19\n');
  });

  it('is left alone where the window got too narrow, and comes once more when it is finished', async () => {
    const screen = fakeScreen(60, 12);
    const sink = createPrettySink({
      out: screen.terminal,
      showThinking: false,
      showSystem: false,
      now: () => Date.now(),
    });
    const events = eventsOf([
      ...streams(['It was **DNS**, and nothing but DNS, all ', 'the time, ', 'I ', 'say.']),
      says('It was **DNS**, and nothing but DNS, all the time, I say.'),
    ]);
    for (const [index, event] of events.entries()) {
      if (index === 3) screen.resize(30);
      await sink.write(event);
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(screen.text()).toMatchInlineSnapshot(`
      "It was **DNS**, and nothing but DNS, all
      It was DNS, and nothing but
      DNS, all the time, I say.
      "
    `);
  });
});

it('leaves alone what was drawn before the process was stopped', async () => {
  const screen = fakeScreen(40, 12);
  let isLeft = false;
  const wasLeft = (): boolean => {
    const was = isLeft;
    isLeft = false;
    return was;
  };
  const out = { ...screen.terminal, wasLeft };
  const sink = createPrettySink({ out, showThinking: false, showSystem: false, now: () => Date.now() });
  const text = 'It was **DNS**, and nothing but DNS, all the time.';
  for (const event of eventsOf([...streams([text.slice(0, 45)]), says(text)])) {
    if (event.message.type === 'assistant') {
      await screen.terminal.write('^Z\nstopped\n$ fg\n');
      isLeft = true;
    }
    await sink.write(event);
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(screen.text()).toMatchInlineSnapshot(`
    "It was **DNS**, and nothing but DNS,
    all the^Z
    stopped
    $ fg
    It was DNS, and nothing but DNS, all
    the time.
    "
  `);
});

describe('calls that run beside one another', () => {
  it('wait below the one whose result comes next', async () => {
    const screen = fakeScreen(40, 12);
    const three = [
      calls('a', 'Bash', { command: 'sleep 9' }),
      calls('b', 'Glob', { pattern: '*.ts' }),
      calls('c', 'Read', { file_path: 'x' }),
      returns('c', 'found'),
    ];
    await show(screen, three);
    expect(screen.text()).toMatchInlineSnapshot(`
      "● Bash sleep 9
      ● Glob *.ts
      ✓ Read x
      "
    `);
    const done = fakeScreen(40, 12);
    await show(done, [...three, returns('a', 'done'), returns('b', 'x.ts')]);
    expect(done.text()).toMatchInlineSnapshot(`
      "● Bash sleep 9
        ✓ 400 ms · done
      ● Glob *.ts
        ✓ 400 ms · x.ts
      ● Read x
        ✓ 100 ms · found
      "
    `);
  });
});
