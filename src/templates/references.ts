import { resolve } from 'node:path';
import { nearest } from '../nearest.ts';
import { isWithin } from '../system/is-within.ts';
import type { Piece, Problem, Reference } from './template.ts';

/** What a template's text may refer to. */
export interface Names {
  readonly variables: readonly string[];
  /** Variables of the environment that may be named; null where none may. */
  readonly env: readonly string[] | null;
  /** The folder that files must be in; null for any. */
  readonly root: string | null;
}

/** So many conditions may stand in each other. */
const DEEPEST = 20;

/** Longer ones are not quoted, and mean nothing. */
const LONGEST_NAME = 60;

/** Braces that are meant, a line that is nothing but a condition, and anything else in braces or behind them. */
const TAG =
  /\\\{\{|^[ \t]*\{\{([ \t]*(?:#if\b[^{}\n]*|else[ \t]*|\/if[ \t]*))\}\}[ \t]*(?:\n|$(?![^]))|\{\{([^{}\n]*)\}\}|\{\{/gm;

/**
 * Reads the text of a template: `{{name}}`, `{{stdin}}`, `{{prompt}}`, `{{file:PATH}}`, `{{env:NAME}}`, and
 * `{{#if …}} … {{else}} … {{/if}}` around any of it. `\{{` are the braces themselves.
 * @param firstLine where it begins in its file
 */
export function parseText(
  text: string,
  firstLine: number,
  names: Names,
): { readonly pieces: readonly Piece[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const open: Condition[] = [];
  const pieces: Piece[] = [];
  let into = pieces;
  let line = firstLine;
  let at = 0;

  const complain = (message: string): void => void problems.push({ line, message });
  const say = (words: string): void => {
    if (words !== '') into.push({ kind: 'words', words });
  };

  function begin(condition: Reference | null): void {
    if (open.length === DEEPEST) complain(`{{#if …}}: more than ${DEEPEST} conditions stand in each other`);
    open.push({ condition, line, around: into, yes: [], no: null });
    into = open.at(-1)?.yes ?? into;
  }

  function turn(): void {
    const condition = open.at(-1);
    if (condition === undefined || condition.no !== null) return complain('{{else}}: there is no {{#if …}} for it');
    condition.no = [];
    into = condition.no;
  }

  function end(): void {
    const closed = open.pop();
    if (closed === undefined) return complain('{{/if}}: there is no {{#if …}} for it');
    into = closed.around;
    const { condition, yes, no } = closed;
    if (condition !== null) into.push({ kind: 'if', condition, yes, no: no ?? [] });
  }

  function read(tag: string): void {
    if (tag === 'else') return turn();
    if (tag === '/if') return end();
    const [, asked] = /^#if(?:\s+(.*))?$/.exec(tag) ?? [];
    const isCondition = tag === '#if' || asked !== undefined;
    const name = asked ?? (isCondition ? '' : tag);
    const reference = referenceOf(name, names);
    const shown = tag.length > LONGEST_NAME ? '{{…}}' : `{{${tag}}}`;
    if (typeof reference === 'string') complain(`${shown}: ${reference}`);
    else if (isCondition && reference.kind === 'file')
      complain(`${shown}: a file has to be there; ask for something else`);
    else if (!isCondition) into.push({ kind: 'reference', reference, line });
    // What stands in it is read all the same.
    if (isCondition) begin(typeof reference === 'string' ? null : reference);
  }

  for (const match of text.matchAll(TAG)) {
    const [whole, alone, within] = match;
    const before = text.slice(at, match.index);
    line += newlinesIn(before);
    say(before);
    const tag = (alone ?? within)?.trim();
    if (whole.startsWith('\\')) say('{{');
    else if (tag === undefined) complain(String.raw`{{ has no }} on its line; write \{{ for the braces themselves`);
    else read(tag);
    line += newlinesIn(whole);
    at = match.index + whole.length;
  }
  say(text.slice(at));
  for (const condition of open) problems.push({ line: condition.line, message: '{{#if …}} has no {{/if}}' });
  return { pieces, problems: problems.toSorted((one, other) => one.line - other.line) };
}

/** A condition whose end was not read yet. */
interface Condition {
  /** Null where it asks for what there is not. */
  readonly condition: Reference | null;
  readonly line: number;
  readonly around: Piece[];
  readonly yes: Piece[];
  no: Piece[] | null;
}

/** What a name in braces refers to, or what is wrong with it. */
function referenceOf(name: string, { variables, env, root }: Names): Reference | string {
  if (name === 'stdin' || name === 'prompt') return { kind: name };
  const [, kind, rest = ''] = /^(file|env):(.*)$/.exec(name) ?? [];
  const named = rest.trim();
  if (kind !== undefined && named === '') return 'a name is missing';
  if (kind === 'file') {
    // Where links lead is seen when it is read.
    const isOutside = root !== null && !isWithin(resolve(root, named), [root]);
    return isOutside ? 'a template of the project attaches nothing outside of it' : { kind, path: named };
  }
  if (kind === 'env') {
    if (env === null) return 'a template of the project cannot read the environment';
    if (!isName(named)) return 'this is no name of a variable';
    return env.includes(named)
      ? { kind, name: named }
      : `list ${named} in the front matter (env), as a variable that may be read`;
  }
  if (variables.includes(name)) return { kind: 'variable', name };
  if (!isName(name)) return String.raw`this is no name; write \{{ for the braces themselves`;
  const near = nearest(name, [...variables, 'stdin', 'prompt']);
  return `there is no variable "${name}"${near === undefined ? '; declare it in the front matter (vars)' : `; did you mean ${near}?`}`;
}

function isName(text: string): boolean {
  return /^[\w-]+$/.test(text) && text.length <= LONGEST_NAME;
}

function newlinesIn(text: string): number {
  return text.split('\n').length - 1;
}
