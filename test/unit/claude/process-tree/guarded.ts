// A program that has runs guarded, and shows what it does. Its argument is a JSON list of runs, in a script and a folder
// each; with `STUBBORN` in its environment it ignores SIGTERM. Lines on its stdin: `guardian`, which is answered with its id,
// `dismiss N`, which is answered with what befell it, `exit`.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { createProcessTree } from '../../../../src/claude/process-tree/process-tree.ts';
import { guardianPid } from '../../../../src/claude/process-tree/guardian.ts';
import { createMarker } from '../../../../src/claude/process-tree/marker.ts';
import { markingCommand } from './marking-command.ts';

interface Run {
  readonly script: string;
  readonly folder: string;
  /** Whether this program is killed right after claude was started. */
  readonly dies?: boolean;
}

if (process.env['STUBBORN'] !== undefined) process.on('SIGTERM', () => {});

const runs: readonly Run[] = JSON.parse(process.argv[2] ?? '[]');
const processTrees = runs.map(({ script, folder, dies }) => {
  const marker = createMarker(process.env);
  const processTree = createProcessTree(marker);
  processTree.guard();
  processTree.own(folder);
  const [name, value] = marker.variable;
  const [program, ...args] = [...markingCommand(marker), '/bin/sh', '-c', script];
  const claude = spawn(program, args, {
    detached: true,
    env: { ...process.env, [name]: value },
    stdio: 'ignore',
  });
  if (dies === true) process.kill(process.pid, 'SIGKILL');
  processTree.adopt(claude);
  claude.unref();
  return processTree;
});

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const [word, number] = line.split(' ');
  if (word === 'dismiss') process.stdout.write(`${JSON.stringify(processTrees[Number(number)]?.dismiss())}\n`);
  if (word === 'exit') process.stdin.destroy();
  if (word === 'guardian') report();
});

function report(): void {
  process.stdout.write(`${guardianPid() ?? ''}\n`);
}

report();
