import { defuseCommands } from './defuse-commands.ts';
import { neutralise } from './neutralise.ts';

/** A text for a message of ours on stderr: on one line, and unable to act on a terminal or a CI system. */
export function oneLine(text: string): string {
  return defuseCommands(neutralise(text).replaceAll('\n', ' '));
}
