import { COMMANDS } from './commands.ts';

/** Whether an operand of a command is the name of a file, by its place: a first one, or one of many. */
export function takesFile(command: string, place: number): boolean {
  const usage = COMMANDS.find(({ name }) => name === command)?.usage ?? '';
  return place === 0 ? usage.includes('[file') : /\[files?\.\.\.\]/.test(usage);
}
