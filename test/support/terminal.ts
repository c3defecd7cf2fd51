import { existsSync } from 'node:fs';
import { HAS_PROC } from './minded-signals.ts';
import { type Invocation, quote, type Running, startSluice } from './sluice.ts';

/** Whether there is a way to have a terminal: util-linux's `script`, which makes one for what it runs. */
export const HAS_TERMINAL = HAS_PROC && existsSync('/usr/bin/script');

/** An interactive bash at a terminal of its own, in which `$SLUICE` is how sluice is started. */
export interface Shell {
  readonly run: Running;
  type(keys: string): void;
  /** Settles when the terminal has shown this since it was last taken. */
  shows(text: string): Promise<void>;
  /** What the terminal was sent since the last time, escape sequences and all. */
  take(): string;
}

/** Opens a terminal. The shell ends with `exit`, and the run with it. */
export function openTerminal(args: readonly string[], how: Invocation): Shell {
  const run = startSluice(args, {
    ...how,
    staysOpen: true,
    env: { TERM: 'xterm', PS1: 'ready ', ...how.env },
    shell: (command) => `SLUICE=${quote(command)} exec script -qefc 'bash --norc --noprofile -i' /dev/null`,
  });
  let seen = '';
  const watchers = new Set<() => void>();
  run.stdout?.on('data', (bytes: Buffer) => {
    seen += bytes.toString();
    for (const watch of watchers) watch();
  });
  return {
    run,
    type: (keys) => void run.stdin?.write(keys),
    shows(text) {
      return new Promise((resolve, reject) => {
        const watch = (): void => {
          if (!seen.includes(text)) return;
          watchers.delete(watch);
          resolve();
        };
        watchers.add(watch);
        watch();
        run.finished.then(() => reject(new Error(`the terminal ended without "${text}": ${seen}`)), reject);
      });
    },
    take() {
      const text = seen;
      seen = '';
      return text;
    },
  };
}
