import process from 'node:process';
import { execaSync } from 'execa';

/**
 * Whether tests of what needs a program are left out here, for want of it, which is told. In CI they never are: there it is a
 * failure not to have it.
 * @param check a command that succeeds where all is there that is needed
 */
export function lacks(program: string, check: readonly string[] = ['--version']): boolean {
  if (process.env['CI'] !== undefined) return false;
  const { exitCode, stderr, originalMessage } = execaSync(program, check, { reject: false });
  if (exitCode === 0) return false;
  // A program that is not there at all has said nothing.
  const why = exitCode === undefined ? originalMessage : stderr.split('\n').at(-1);
  process.stderr.write(`left out, for want of ${program}: ${why}\n`);
  return true;
}
