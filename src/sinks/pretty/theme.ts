import { Chalk } from 'chalk';
import type { Terminal } from '../output.ts';

/** What a stretch of text is, for the eye; what that looks like is decided here alone. */
export type Ink =
  | 'plain'
  | 'dim'
  | 'strong'
  | 'accent'
  | 'good'
  | 'warning'
  | 'bad'
  | 'thought'
  | 'heading'
  | 'code'
  | 'marker';

/** Colours text; the result ends in the style that it began in, so that nothing leaks into what is printed next. */
export type Paint = (ink: Ink, text: string) => string;

/** The paint for a colour level; at level 0 it leaves text as it is. */
export function createPaint(level: Terminal['colorLevel']): Paint {
  const chalk = new Chalk({ level });
  const styles: Readonly<Record<Ink, (text: string) => string>> = {
    plain: (text) => text,
    dim: chalk.dim,
    strong: chalk.bold,
    accent: chalk.cyan,
    good: chalk.green,
    warning: chalk.yellow,
    bad: chalk.red,
    thought: chalk.dim.italic,
    heading: chalk.bold.magenta,
    code: chalk.cyan,
    marker: chalk.dim,
  };
  return (ink, text) => styles[ink](text);
}

/** The signs that lines begin with; all are one column wide in every terminal. */
export const MARKS = { call: '●', good: '✓', bad: '✗', warning: '⚠', retry: '↻', note: '◇', minor: '·' } as const;

/** What stands before each line of a subagent, once a level. */
export const RAIL = '│ ';
