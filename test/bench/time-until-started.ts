import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { namedPipe } from '../support/named-pipe.ts';
import type { Command } from './time-command.ts';

/**
 * Runs a command with empty stdin and discarded output, and tells how long it takes, in milliseconds, until what it starts
 * says that it is there: by a line in the pipe that BENCH_STARTED names (sluice warns of what begins with its own name and
 * is none of its options). Waits for the command to end.
 * @throws Error when the command fails
 */
export async function timeUntilStarted(command: Command, env: NodeJS.ProcessEnv, cwd: string): Promise<number> {
  const pipe = namedPipe(mkdtempSync(join(cwd, 'started-')));
  const script =
    'TIMEFORMAT=%3R; exec 3<>"$BENCH_STARTED"; ' +
    '{ time { "$@" </dev/null >/dev/null 2>&4 & read -r _ <&3; } 2>&4; } 2>&5 4>/dev/null; wait $!';
  const bash = spawn('bash', ['-c', script, 'bash', ...command], {
    env: { ...env, BENCH_STARTED: pipe },
    cwd,
    stdio: ['ignore', 'ignore', 'ignore', 'ignore', 'ignore', 'pipe'],
  });
  const report = [...bash.stdio].at(-1);
  if (!(report instanceof Readable)) throw new Error('there is no pipe to bash');
  const [seconds, [code]] = await Promise.all([text(report), once(bash, 'exit')]);
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}`);
  return Number(seconds) * 1000;
}
