import { execa } from 'execa';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Shows text in the reader's pager: `$PAGER`, else less. Settles when it has been left, with whether there was one at all.
 * It is started without a shell: a `$PAGER` is a program and words for it.
 */
export async function page(text: string, env: Variables): Promise<boolean> {
  const [program = 'less', ...args] = (env['PAGER'] ?? '').split(/\s+/).filter((word) => word !== '');
  // As git has it: colours as they are, what fits on a screen stays there, and nothing is cleared afterwards. Whoever has
  // read enough leaves in the middle.
  const { exitCode, signal } = await execa(program, args, {
    input: text,
    stdout: 'inherit',
    stderr: 'inherit',
    env: { LESS: 'FRX', LESSCHARSET: 'utf-8', ...env },
    extendEnv: false,
    reject: false,
  });
  return exitCode !== undefined || signal !== undefined;
}
