import { CI_COMMAND } from './acting-text.ts';

const COMMAND = new RegExp(`##(?=${CI_COMMAND})`, 'gi');

/**
 * Breaks what a CI system would take for a command in the middle of a line: GitHub's and Azure's `##[…]`, Azure's
 * `##vso[…]`, TeamCity's `##teamcity[…]` (`##[error]` becomes `##·[error]`). Visible on purpose: a reader should see that
 * something tried. `::error::` counts only at a line's start, spaces aside; the log's gutter stands there.
 */
export function defuseCommands(text: string): string {
  return text.includes('##') ? text.replaceAll(COMMAND, '##·') : text;
}
