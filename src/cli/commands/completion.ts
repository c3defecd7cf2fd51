import { SluiceError } from '../../errors.ts';
import { oneLine } from '../../sinks/safe-text.ts';
import { candidatesFor, type Candidates } from '../completion/candidates.ts';
import { isShell, type Shell, SCRIPTS } from '../completion/scripts.ts';
import { knownValues } from '../completion/values.ts';
import type { Io } from '../io.ts';
import type { Invocation } from '../program.ts';

/**
 * Prints what makes a shell complete command lines; with words behind the shell, what the last of them can go on with, a
 * line each. Returns the exit code.
 * @throws SluiceError `usage` for a shell that there is no script for
 */
export async function completionCommand({ operands }: Invocation, io: Io): Promise<number> {
  const [shell = shellOf(io), ...words] = operands;
  if (!isShell(shell)) {
    const known = Object.keys(SCRIPTS).join(', ');
    throw new SluiceError('usage', `${shell === '' ? 'which shell' : shell}: expected one of ${known}`);
  }
  if (words.length === 0) await io.stdout.write(SCRIPTS[shell]);
  else await io.stdout.write(await answer(shell, words, io));
  await io.stdout.flush();
  return 0;
}

/** The login shell's name, where nobody names one. */
function shellOf({ env }: Io): string {
  return env['SHELL']?.replace(/.*\//, '') ?? '';
}

async function answer(shell: Shell, words: readonly string[], io: Io): Promise<string> {
  const candidates = await candidatesFor(shell === 'bash' ? joined(words) : words, knownValues(io));
  return candidates === 'files' ? ':files\n' : linesOf(candidates, shell);
}

/** Bash hands over `--model=op` as three words, and completes the third. */
function joined(words: readonly string[]): string[] {
  const whole: string[] = [];
  for (const [at, word] of words.entries()) {
    const last = whole.at(-1);
    const belongs = word === '=' || words[at - 1] === '=';
    if (last !== undefined && belongs && last.startsWith('--')) whole[whole.length - 1] = last + word;
    else whole.push(word);
  }
  return whole;
}

function linesOf(candidates: Exclude<Candidates, 'files'>, shell: Shell): string {
  return candidates
    .map(({ word, help }) => {
      const own = shell === 'bash' ? word.replace(/^--[\w-]+=/, '') : word;
      return `${oneLine(own)}${help === '' ? '' : `\t${oneLine(help)}`}\n`;
    })
    .join('');
}
