import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** What users read, by its path from the root: the README and a page a topic. */
export const PAGES: readonly string[] = [
  'README.md',
  ...readdirSync(join(ROOT, 'src/help'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `src/help/${name}`),
];

export function readPage(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** A fenced piece of code, and what it prints where a fence without a language follows at once. */
export interface Sample {
  readonly language: string;
  readonly code: string;
  readonly prints: string | undefined;
}

export function samplesOf(text: string): readonly Sample[] {
  return [...text.matchAll(/^```(\w+)\n([^]*?)^```\n(?:\n```\n([^]*?)^```\n)?/gm)].map(
    ([, language = '', code = '', prints]) => ({ language, code, prints }),
  );
}

/** The command lines of sluice in a piece of shell, each as the words that it is started with. */
export function sluiceLines(shell: string): readonly (readonly string[])[] {
  return commandsOf(shell.replaceAll('\\\n', ' ')).flatMap((words) => {
    const start = words.indexOf('sluice');
    return start === -1 || words.slice(0, start).some((word) => STARTED_OTHERWISE.has(word))
      ? []
      : [words.slice(start + 1)];
  });
}

/** Commands that get a command line of sluice's as words of their own. */
const STARTED_OTHERWISE = new Set(['claude', 'npx', 'man']);

/** Splits shell into simple commands, and those into words: quotes count, substitutions are words, redirections are dropped. */
function commandsOf(shell: string): readonly (readonly string[])[] {
  const commands: (readonly string[])[] = [];
  let words: string[] = [];
  const token =
    /#.*|(?<!\S)\d?[<>]+ ?[^\s(]\S*|(?:"(?:\\.|[^"\\])*"|'[^']*'|[<$]\((?:[^()]|\([^()]*\))*\)|[^\s|;&<>()"'#]|(?<=\S)#)+|\|\||&&|[|;&()\n]/g;
  for (const [found] of shell.matchAll(token)) {
    if (/^(?:[|;&()\n]|\|\||&&)$/.test(found)) {
      commands.push(words);
      words = [];
    } else if (!/^(?:#|\d?[<>]+(?!\())/.test(found)) words.push(unquoted(found));
    for (const [, inner = ''] of found.matchAll(/\$\(((?:[^()]|\([^()]*\))*)\)/g)) commands.push(...commandsOf(inner));
  }
  return [...commands, words];
}

function unquoted(word: string): string {
  return word.replaceAll(
    /"((?:\\.|[^"\\])*)"|'([^']*)'/g,
    (_, double?: string, single?: string) => double ?? single ?? '',
  );
}
