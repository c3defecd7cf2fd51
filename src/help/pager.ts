import { spawn } from 'node:child_process';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Shows text in the reader's pager: `$PAGER`, else less. Settles when it has been left, with whether there was one at all.
 * It is started without a shell: a `$PAGER` is a program and words for it.
 */
export function page(text: string, env: Variables): Promise<boolean> {
  const [program = 'less', ...args] = (env['PAGER'] ?? '').split(/\s+/).filter((word) => word !== '');
  return new Promise((resolve) => {
    // As git has it: colours as they are, what fits on a screen stays there, and nothing is cleared afterwards.
    const pager = spawn(program, args, {
      stdio: ['pipe', 'inherit', 'inherit'],
      env: { LESS: 'FRX', LESSCHARSET: 'utf-8', ...env },
    });
    pager.on('error', () => resolve(false));
    pager.on('close', () => resolve(true));
    // Whoever has read enough leaves in the middle.
    pager.stdin.on('error', () => {});
    pager.stdin.end(text);
  });
}
