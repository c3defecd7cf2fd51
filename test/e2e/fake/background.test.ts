import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { begin, type Step, succeed } from '../../support/fake.ts';
import { freshHome, type Home } from '../../support/folder.ts';
import { HAS_TERMINAL, openTerminal } from '../../support/terminal.ts';

/** What a line that is drawn over and over begins with. */
const HIDE_CURSOR = '\u001B[?25l';

const PATIENCE = { timeout: 20_000, interval: 50 };

const START = 'sh -c "exec $SLUICE" > out < /dev/null';

/** A claude that says a word a second for a while. */
const talking = (words: number): readonly Step[] => [
  ...begin,
  ...Array.from({ length: words }, (_, at) => [{ say: `word ${at + 1}` }, { sleep: 1_000 }]).flat(),
  ...succeed,
];

async function heard(home: Home, text: string): Promise<void> {
  const out = join(home.project, 'out');
  await vi.waitFor(() => expect(existsSync(out) && readFileSync(out, 'utf8')).toContain(text), PATIENCE);
}

describe.runIf(HAS_TERMINAL)('a job in the background of a shell', () => {
  it('draws nothing, and is not stopped where a terminal stops those that write to it', async () => {
    const { run, type, shows, take } = openTerminal(['-o', 'ndjson', 'hi'], { fake: talking(2) });
    await shows('ready');
    type(`stty tostop; ${START} & wait $!; echo "exit code $?."\n`);
    await shows('exit code 0.');
    expect(take()).not.toContain(HIDE_CURSOR);
    type('exit\n');
    await run.finished;
  });

  it('draws again once it is in the foreground, and no more once it is not', async () => {
    const home = freshHome();
    const { run, type, shows, take } = openTerminal(['-o', 'ndjson', 'hi'], { fake: talking(5), home });
    await shows('ready');
    type(`${START} &\n`);
    await heard(home, 'word 2');
    expect(take()).not.toContain(HIDE_CURSOR);
    type('fg\n');
    await shows(HIDE_CURSOR);
    type('\u001A');
    await shows('Stopped');
    take();
    type('bg\n');
    await heard(home, 'word 5');
    expect(take()).not.toContain(HIDE_CURSOR);
    type('fg\n');
    await shows(HIDE_CURSOR);
    type('exit\n');
    await run.finished;
  });

  it('leaves the terminal as whoever has it by then needs it', async () => {
    const home = freshHome();
    const { run, type, shows } = openTerminal(['-o', 'ndjson', 'hi'], { fake: talking(2), home });
    await shows('ready');
    type(`(${START}; touch over) &\n`);
    await heard(home, 'word 1');
    type('until [ -e over ]; do sleep 0.1; done; stty -a > modes; echo "exit code $?."\n');
    await shows('exit code 0.');
    expect(readFileSync(join(home.project, 'modes'), 'utf8')).toMatch(/\sicanon\b[^]*\secho\b/);
    type('exit\n');
    await run.finished;
  });
});
