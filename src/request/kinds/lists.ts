import { TOOL_NAMES } from '../../messages/tool-names.ts';
import { type Kind, kindOf } from './kind.ts';
import { choice, parseName, parseText } from './texts.ts';

/** A list of values; one alone, or commas in a text of the environment or a file, make one too. */
export const texts: Kind<readonly string[]> = listOf((value) => {
  if (Array.isArray(value)) return value.map(parseText);
  return parseText(value)
    .split(',')
    .map((item) => item.trim());
});

/** A list of values, none of them empty. Line ends split a text: commas may be part of a value. */
export const lines: Kind<readonly string[]> = listOf((value) => {
  const parsed = Array.isArray(value)
    ? value.map(parseText)
    : parseText(value)
        .trim()
        .split(/(?:\r?\n)+/);
  if (parsed.some((line) => line.trim() === '')) throw new Error('a text with something in it', { cause: '' });
  return parsed;
});

/** Names with a value each. A value is not quoted where it goes wrong: only what has no name is. */
export const assignments: Kind<readonly string[]> = listOf((value) =>
  [value].flat().map((item) => {
    const assignment = parseText(item);
    if (assignment.indexOf('=') < 1) throw new Error('NAME=VALUE', { cause: assignment });
    return assignment;
  }),
);

/** Names, with commas or blanks between them. */
export const names: Kind<readonly string[]> = listOf(parseNames);

/** Names of variables. What stands behind a `=` was not meant to be seen. */
export const variables: Kind<readonly string[]> = listOf((value) => {
  const parsed = parseNames(value);
  const assignment = parsed.find((one) => one.includes('='));
  if (assignment === undefined) return parsed;
  throw new Error('the name of a variable alone', { cause: `${assignment.slice(0, assignment.indexOf('='))}=…` });
});

/** Tools and permission rules, with commas or blanks between them: those inside `Bash(…)` do not count. */
export const tools: Kind<readonly string[]> = { ...listOf(parseToolList), known: TOOL_NAMES };

/** Reads tool names in any case: `read` is `Read`. Names that claude does not have stay as they are. */
export function parseToolNames(value: unknown): string[] {
  return parseToolList(value).map((rule) =>
    rule.replace(/^\w+/, (word) => CLAUDE_TOOLS.get(word.toLowerCase()) ?? word),
  );
}

const CLAUDE_TOOLS = new Map(TOOL_NAMES.map((tool) => [tool.toLowerCase(), tool]));

/** Some of a few names, with commas or blanks between them. */
export function choices<const Name extends string>(known: readonly Name[]): Kind<readonly Name[]> {
  const one = choice(known);
  return kindOf<readonly Name[]>({
    parse: (value) =>
      parseNames(value).map((item) => {
        if (!one.is(item)) throw new Error(one.expected, { cause: item });
        return item;
      }),
    expected: `a list of ${known.join(', ')}`,
    schema: { type: 'array', items: one.schema },
  });
}

/** A list of texts that is read in a way of its own. */
export function listOf(parse: (value: unknown) => readonly string[]): Kind<readonly string[]> {
  return kindOf<readonly string[]>({
    parse,
    expected: 'a list of texts',
    schema: { type: 'array', items: { type: 'string' } },
  });
}

function parseNames(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((item) =>
    parseName(item)
      .split(/[\s,]+/)
      .filter((one) => one !== ''),
  );
}

function parseToolList(value: unknown): string[] {
  return Array.isArray(value) ? value.map(parseText).flatMap(splitTools) : splitTools(parseText(value));
}

function splitTools(text: string): string[] {
  if (text === '') return [''];
  const rules: string[] = [];
  let rule = '';
  let depth = 0;
  for (const letter of text) {
    if (letter === '(') depth++;
    if (letter === ')') depth--;
    if (depth === 0 && /[\s,]/.test(letter)) {
      if (rule !== '') rules.push(rule);
      rule = '';
    } else rule += letter;
  }
  // A rule that lacks its end must not become the whole tool.
  if (depth !== 0) throw new Error('a list of tools or rules such as Bash(git log:*)', { cause: text });
  return rule === '' ? rules : [...rules, rule];
}
