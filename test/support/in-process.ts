import process from 'node:process';
import { PassThrough } from 'node:stream';
import { main } from '../../src/main.ts';
import { fakeIo } from '../unit/cli/fake-io.ts';
import { freshHome } from './folder.ts';
import { environment, type Finished, finishedOf, type Invocation } from './sluice.ts';
import { atTestEnd } from './test-end.ts';

/** What can be said of a run that has no process of its own. */
export type InvocationHere = Pick<Invocation, 'api' | 'env' | 'input' | 'cwd' | 'home' | 'fake' | 'claude'>;

/**
 * Runs a command line as `sluice` of `sluice.ts` does, but from the sources and in the test's own process, which costs a tenth
 * of it where claude is not started. For what is about words in and words out: whatever is about processes, streams and
 * signals needs the built one. One at a time; no look is taken at what is left.
 */
export async function sluiceHere(argv: readonly string[], invocation: InvocationHere = {}): Promise<Finished> {
  const { input, home = freshHome(), cwd = home.project } = invocation;
  const variables = Object.entries(environment(invocation, home)).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  const stdin = input === undefined ? null : new PassThrough().end(input);
  const io = { ...fakeIo({ stdin, env: Object.fromEntries(variables), cwd }), argv };
  const exitCode = await standingIn(cwd, home.temporary, () => main(io));
  return finishedOf({ exitCode, signal: null, bytes: io.printedBytes(), stderr: io.printed().err, home });
}

let isTaken = false;

/** Does something while the process works in a folder and has a place for temporary files, as one of its own would. */
async function standingIn<Value>(cwd: string, temporary: string, work: () => Promise<Value>): Promise<Value> {
  if (isTaken) throw new Error('a process works in one folder: start these one after the other, or the built sluice');
  isTaken = true;
  const usual = { cwd: process.cwd(), temporary: process.env['TMPDIR'] };
  const leave = once(() => {
    process.chdir(usual.cwd);
    if (usual.temporary === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = usual.temporary;
    isTaken = false;
  });
  // A test that runs out of time must not take the others with it.
  atTestEnd(leave);
  process.chdir(cwd);
  process.env['TMPDIR'] = temporary;
  try {
    return await work();
  } finally {
    leave();
  }
}

/** The same, but for whoever asks again: that does nothing. */
function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    action();
  };
}
