import { ALL_RUN_OPTIONS } from '../../src/request/run-options.ts';

/** Options of claude that sluice has beside those in its table: the same name, the same meaning. */
const SAME_MEANING = ['--help', '--output-format', '--print', '--verbose', '--version'];

/** The options that a `--help` lists, each with all its long spellings. */
export function flagsOfHelp(help: string): string[][] {
  const [options = ''] = help.split(/^Commands:$/m);
  return [...options.matchAll(/^ {2}(?:-\w, )?(--[\w-]+(?:, --[\w-]+)*)/gm)].map(([, names = '']) => names.split(', '));
}

/** Whether sluice has an option of claude's under one of its spellings. */
export function sluiceHas(spellings: readonly string[]): boolean {
  return spellings.some((name) => OURS.has(name));
}

const OURS = new Set([
  ...SAME_MEANING,
  ...ALL_RUN_OPTIONS.filter(({ claude }) => claude !== undefined).flatMap(
    ({ flags }) => flags.match(/--[\w-]+/g) ?? [],
  ),
]);
