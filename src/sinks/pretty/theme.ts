import { Chalk } from 'chalk';
import type { Terminal } from '../output.ts';

export { MARKS, RAIL } from './marks.ts';

/** What a stretch of text is, for the eye; what that looks like is decided here alone. */
export type Ink =
  | 'plain'
  | 'dim'
  | 'strong'
  | 'emphasis'
  | 'struck'
  | 'accent'
  | 'good'
  | 'warning'
  | 'bad'
  | 'thought'
  | 'title'
  | 'heading'
  | 'code'
  | 'link';

/** Colours text; the result ends in the style that it began in, so that nothing leaks into what is printed next. */
export type Paint = (ink: Ink, text: string) => string;

/** The paint for a colour level; at level 0 it leaves text as it is. */
export function createPaint(level: Terminal['colorLevel']): Paint {
  const chalk = new Chalk({ level });
  const styles: Readonly<Record<Ink, (text: string) => string>> = {
    plain: (text) => text,
    dim: chalk.dim,
    strong: chalk.bold,
    emphasis: chalk.italic,
    struck: chalk.strikethrough,
    accent: chalk.cyan,
    good: chalk.green,
    warning: chalk.yellow,
    bad: chalk.red,
    thought: chalk.dim.italic,
    title: chalk.bold.underline.magenta,
    heading: chalk.bold.magenta,
    code: chalk.cyan,
    link: chalk.underline,
  };
  return (ink, text) => styles[ink](text);
}

/** Whether a paint shows at all: without it, what only colour would tell has to be told otherwise. */
export function isColored(paint: Paint): boolean {
  return paint('accent', 'x') !== 'x';
}
