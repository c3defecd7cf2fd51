import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { userFolder } from '../config/files.ts';
import { reasonOf, SluiceError, systemCodeOf } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { foldersUp } from '../system/folders-up.ts';
import { isWithin } from '../system/is-within.ts';
import { realPathOf } from '../system/real-path.ts';
import type { Whereabouts } from './parse-template.ts';
import { SHIPPED } from './shipped.ts';

/** Where a command stands. */
export interface Standpoint {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A template that there is, unread. */
export interface Source extends Whereabouts {
  /** Whether its name is that of a template which the project may not stand in for: then it goes by its path alone. */
  readonly isShadowed: boolean;
}

const ENDING = '.md';

/** What stands for a template in its folder. A name is offered by shells, and may be a stranger's: it does nothing in one. */
const FILE = /^\w[\w.-]*\.md$/;

/** All templates that have a name: the user's own, sluice's, and those of the project. */
export function allSources(standpoint: Standpoint): Source[] {
  const own = ownFolder(standpoint);
  const owned = own === null ? [] : templatesIn(own).map((path) => sourceAt(path, 'own', null));
  const shipped = [...SHIPPED.keys()].map((name): Source => ({
    name,
    origin: 'shipped',
    source: `template ${name}`,
    path: null,
    root: null,
    isShadowed: false,
  }));
  const trusted = [...owned, ...shipped.filter(({ name }) => !owned.some((one) => one.name === name))];
  const root = projectOf(standpoint.cwd);
  const projects =
    root === null ? [] : templatesIn(join(root, PROJECT_FOLDER)).map((path) => sourceAt(path, 'project', root));
  const isTaken = (name: string): boolean => trusted.some((one) => one.name === name);
  return [...trusted, ...projects.map((source) => ({ ...source, isShadowed: isTaken(source.name) }))];
}

/**
 * The template that is meant by a name or a path. A path has a slash in it or ends in `.md`.
 * @throws SluiceError `usage` for a name that there is not
 */
export function findSource(wanted: string, standpoint: Standpoint): Source {
  if (/[\\/]/.test(wanted) || wanted.endsWith(ENDING) || /^\.*$/.test(wanted)) return sourceOfPath(wanted, standpoint);
  const known = allSources(standpoint).filter(({ isShadowed }) => !isShadowed);
  const found = known.find(({ name }) => name === wanted);
  if (found !== undefined) return found;
  if (existsSync(resolve(standpoint.cwd, wanted)))
    throw new SluiceError('usage', `there is no template "${wanted}"; for the file of that name, say ./${wanted}`);
  const near = nearest(
    wanted,
    known.map(({ name }) => name),
  );
  const hint = near === undefined ? '"sluice templates" lists them' : `did you mean ${near}?`;
  throw new SluiceError('usage', `there is no template "${wanted}"; ${hint}`);
}

const PROJECT_FOLDER = join('.sluice', 'templates');

/** What makes a folder that of a project, besides templates. */
const CHECKOUT = ['.git', '.sluice'];

/** The folder of the project that a folder is in, if that has templates. */
function projectOf(cwd: string): string | null {
  return nearestWith(cwd, [PROJECT_FOLDER]);
}

/** The user's own templates; null for a user who has no home. */
function ownFolder({ env }: Standpoint): string | null {
  const folder = userFolder(env);
  return folder === null ? null : join(folder, 'templates');
}

/**
 * A template by its path is the user's own, but for one that a project may have brought along: one that lies in a
 * checkout, or below the current folder.
 */
function sourceOfPath(wanted: string, standpoint: Standpoint): Source {
  const path = resolve(standpoint.cwd, wanted);
  const own = ownFolder(standpoint);
  const real = realPathOf(path) ?? path;
  if (own !== null && (dirname(path) === own || isWithin(real, [realPathOf(own) ?? own])))
    return sourceAt(path, 'own', null);
  const here = realPathOf(standpoint.cwd) ?? standpoint.cwd;
  const root = nearestWith(dirname(real), CHECKOUT) ?? (isWithin(real, [here]) ? here : null);
  return root === null ? sourceAt(path, 'own', null) : sourceAt(path, 'project', root);
}

function sourceAt(path: string, origin: 'own' | 'project', root: string | null): Source {
  return { name: nameOf(path), origin, source: path, path, root, isShadowed: false };
}

function nameOf(path: string): string {
  return (/[^\\/]*$/.exec(path)?.[0] ?? path).replace(/\.md$/, '');
}

/** The nearest folder upwards that has one of these. */
function nearestWith(from: string, names: readonly string[]): string | null {
  return foldersUp(resolve(from)).find((folder) => names.some((name) => existsSync(join(folder, name)))) ?? null;
}

/** @throws SluiceError `usage` for a folder that cannot be looked into */
function templatesIn(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => FILE.test(name));
    return names.toSorted().map((name) => join(folder, name));
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw new SluiceError('usage', `${folder} cannot be read: ${reasonOf(error)}`, { cause: error });
  }
}
