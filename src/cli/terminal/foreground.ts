import { closeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { statusOf } from '../../system/process-files.ts';

/**
 * Whether the terminal is ours to draw on: not that of a shell that has us in the background, until `fg`. Where nobody
 * can tell, as on systems other than Linux, or has no such terminal, it is.
 */
export function isInForeground(): boolean {
  if (process.platform !== 'linux') return true;
  try {
    const { group, foreground } = statusOf(process.pid) ?? { group: -1, foreground: -1 };
    return foreground === -1 || foreground === group;
  } catch {
    return true;
  }
}

/**
 * Lets go of the terminal: Node would set it back at its exit to how it was at the start, which is for those in the
 * foreground to say. A shell that waits for a line has it without echo, and so would whatever runs by then.
 */
export function leaveTerminal(): void {
  for (const descriptor of [0, 1, 2]) if (isatty(descriptor)) closeSync(descriptor);
}
