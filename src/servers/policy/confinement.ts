import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isListable } from '../../system/is-listable.ts';
import { isWithin } from '../../system/is-within.ts';

/** Where file tools may go. */
export interface Territory {
  /** All that lies in these is within reach. */
  readonly roots: readonly string[];
  /**
   * Folders of claude's own, such as where it keeps what was too long to show: what stands in them now is out of reach,
   * what a run adds there is for claude to judge.
   */
  readonly passages: readonly string[];
  /** Folders that are not closed either, though nothing permits them. */
  readonly spared: readonly string[];
  /** What is out of reach wherever it lies, as a pattern of gitignore. */
  readonly barred: readonly string[];
  /** Whether each path is to be denied by its whole name, for claude's sandbox, which knows no patterns. Default: no. */
  readonly byName?: boolean;
}

/** Permission rules of claude, for its settings. */
export interface Permissions {
  readonly allow: readonly string[];
  readonly deny: readonly string[];
}

/** With more entries in it, a passage is closed: rules cost time too. */
const MOST_IN_PASSAGE = 1_000;

/**
 * From so many names that begin alike, one rule for their beginning denies them to tools that write: a thousand rules take claude
 * 300 ms at its start (2.1.197).
 */
const MANY = 4;

/** Characters that have no special meaning in rules, wherever they stand. */
const PLAIN = /^[a-z0-9._-]+$/;

/** Beginnings of names that a run itself may add to a passage: of its own folder, and of claude's. */
const OF_RUNS = ['sluice-', 'claude'];

/**
 * Rules that keep file tools in their roots, also by a symbolic link. Claude asks before it reads elsewhere, which is a
 * no here, but not in every mode (2.1.329: plan, auto; 2.1.197: names that Glob finds), so that all that lies beside the
 * way to a root is denied by name: a rule that denies wins over all others, and none can be taken back by another. What
 * comes to lie there later is not among those.
 * @param permissions what may be done in the roots
 */
export function confine(territory: Territory, permissions: readonly ('Read' | 'Edit')[]): Permissions {
  const lasting = lastingRules(territory, permissions);
  // 2.1.197's Glob heeds rules for the very folder alone.
  const read = pathsBeside({ ...territory, byName: true }).map((path) => rule('Read', path));
  const edit = pathsBeside(territory).map((path) => rule('Edit', path));
  return { ...lasting, deny: [...read, ...edit, ...lasting.deny] };
}

/** Whether everybody on the machine may see the names that {@link confine} finds beside the ways to what is open. */
export function areNamesPublic(territory: Territory): boolean {
  return foldersBeside(territory).every(isListable);
}

/** Those of them that do not depend on what lies beside the way to a root now. */
export function lastingRules(
  { roots, barred }: Pick<Territory, 'roots' | 'barred'>,
  permissions: readonly ('Read' | 'Edit')[],
): Permissions {
  return {
    allow: permissions.flatMap((name) => roots.map((root) => rule(name, escaped(root)))),
    deny: denials(barred),
  };
}

function denials(paths: readonly string[]): string[] {
  return paths.flatMap((path) => [rule('Read', path), rule('Edit', path)]);
}

/** A folder that differs from a root, or from one on the way to it, by nothing but case: claude's rules take both for one. */
export function twinOf(root: string): string | null {
  for (const { parent, name } of stepsTo(root)) {
    const twin = entriesOf(parent).find((entry) => entry !== name && folded(entry) === folded(name));
    if (twin !== undefined) return join(parent, twin);
  }
  return null;
}

/** Patterns for what lies beside the ways to what is open, and for what passages hold already. */
function pathsBeside(territory: Territory): string[] {
  const { roots, passages, byName = false } = territory;
  const steps = stepsIn(territory);
  const kept = new Set([...roots, ...steps.map(({ parent, name }) => join(parent, name))].map(folded));
  return foldersBeside(territory).flatMap((folder) => {
    const names = entriesOf(folder);
    const open = steps.filter(({ parent }) => parent === folder).map(({ name }) => name);
    // Where the folder's name has become a pattern, another pattern behind it could match what is open.
    const isExact = byName || patternOf(folder) !== folder;
    const beginnings = isExact ? [] : commonBeginnings(names, open, passages.includes(folder) ? OF_RUNS : []);
    const rest = names.filter((name) => !beginnings.some((beginning) => folded(name).startsWith(beginning)));
    return [
      ...beginnings.map((beginning) => `${join(folder, beginning)}*`),
      ...rest
        .map((name) => patternOf(join(folder, name)))
        .filter((pattern) => !kept.has(folded(pattern)) && !(pattern.includes('?') && closesOneOf(kept, pattern))),
    ];
  });
}

/** The folders that hold what is to be denied by name. */
function foldersBeside(territory: Territory): string[] {
  const { roots, spared } = territory;
  const folders = new Set([...stepsIn(territory).map(({ parent }) => parent), ...openPassages(territory)]);
  return [...folders].filter((folder) => !isWithin(folder, [...roots, ...spared]));
}

/** Every step on the ways to what is open. */
function stepsIn(territory: Territory): { readonly parent: string; readonly name: string }[] {
  return [...territory.roots, ...territory.spared, ...openPassages(territory)].flatMap(stepsTo);
}

function openPassages({ passages }: Territory): string[] {
  return passages.filter((passage) => entriesOf(passage).length <= MOST_IN_PASSAGE);
}

/**
 * The shortest beginnings, in lower case, that many of these names share, but no name that is open, and none that may be added
 * later and begins as in `coming`.
 */
function commonBeginnings(names: readonly string[], open: readonly string[], coming: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) {
    const beginning = ownBeginning(folded(name), [...open, ...coming].map(folded));
    if (beginning === null || coming.some((other) => beginning.startsWith(other))) continue;
    counts.set(beginning, (counts.get(beginning) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count >= MANY).map(([beginning]) => beginning);
}

/** The shortest beginning that a name shares with none of the others; null where rules would read it as something else. */
function ownBeginning(name: string, others: readonly string[]): string | null {
  for (let length = 1; length < name.length; length += 1) {
    const beginning = name.slice(0, length);
    if (!PLAIN.test(beginning)) return null;
    // Dots alone could be those of `..`.
    if (/[^.]/.test(beginning) && !others.some((other) => other.startsWith(beginning))) return beginning;
  }
  return null;
}

/** Letters that mean something to rules, each as any letter: escaped, some are not understood by every version. */
function patternOf(path: string): string {
  return path.replaceAll(/[\\*?[\]()\s\p{Cc}]/gu, '?');
}

/** Whether a pattern that is meant for one path fits another one too. */
function closesOneOf(paths: ReadonlySet<string>, pattern: string): boolean {
  const letters = [...folded(pattern)];
  return [...paths].some((path) => {
    const others = [...path];
    return others.length === letters.length && letters.every((letter, at) => letter === '?' || letter === others[at]);
  });
}

/** Every folder on the way to a path, with the name that leads on. */
function stepsTo(path: string): { readonly parent: string; readonly name: string }[] {
  const parent = dirname(path);
  return parent === path ? [] : [...stepsTo(parent), { parent, name: path.slice(join(parent, '/').length) }];
}

/** Claude's rules mind no case. */
function folded(text: string): string {
  return text.toLowerCase();
}

/** None where nothing can be seen. */
function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** `//` begins an absolute path. With its end, 2.1.197's Glob heeds the rule too. */
function rule(name: string, path: string): string {
  return `${name}(/${path === '/' ? '' : path}/**)`;
}

function escaped(path: string): string {
  return path.replaceAll(/[\\*?[\]]/g, String.raw`\$&`);
}
