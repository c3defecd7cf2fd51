import { realpathSync, statSync } from 'node:fs';
import { resolve as resolvePath } from 'node:path';
import type { Settings } from '../../../config/layers.ts';
import { reasonOf } from '../../../errors.ts';
import { twinOf } from '../../../servers/policy/confinement.ts';
import type { Policy } from '../../../servers/policy.ts';
import { isWithin } from '../../../system/is-within.ts';
import { reject } from './reject.ts';

/** Letters and edges of names that claude's permission rules take for something else (2.1.197, 2.1.329). */
const UNNAMEABLE = /[\\*?\p{Cc}]|\/\s|\s(?:\/|$)|\/[()[\]]+(?:\/|$)/u;

/**
 * The folders that queries may work in, by their real paths: those of --root, the one of --cwd first, or that alone.
 * @param cwd where relative paths count from
 * @throws SluiceError `usage` for what is no folder, or can't be told from others by claude's permission rules
 */
export function rootsOf(
  { roots, cwd: preferred }: { readonly roots: readonly string[] | undefined; readonly cwd: string | undefined },
  cwd: string,
  settings: Settings,
): Policy['roots'] {
  const own = realFolder(resolvePath(cwd, preferred ?? '.'), 'cwd', settings);
  if (roots === undefined) return [nameable(own, 'cwd', settings)];
  const named = roots.map((root) => {
    return nameable(realFolder(resolvePath(cwd, root), 'serverRoots', settings), 'serverRoots', settings);
  });
  if (preferred !== undefined && !isWithin(own, named)) reject(settings, 'cwd', `${own} is not in a folder of --root`);
  const [first, ...others] = new Set(preferred === undefined ? named : [own, ...named]);
  return first === undefined ? reject(settings, 'serverRoots', 'expected a folder') : [first, ...others];
}

function realFolder(path: string, option: string, settings: Settings): string {
  const real = realPathOf(path, option, settings);
  return statSync(real).isDirectory() ? real : reject(settings, option, `${path} is not a directory`);
}

function realPathOf(path: string, option: string, settings: Settings): string {
  try {
    return realpathSync.native(path);
  } catch (error) {
    return reject(settings, option, `${path} cannot be used: ${reasonOf(error)}`);
  }
}

function nameable(root: string, option: string, settings: Settings): string {
  if (process.platform !== 'win32' && UNNAMEABLE.test(root)) {
    reject(settings, option, `${root} has a name in it that claude's permission rules cannot hold; rename it`);
  }
  const twin = twinOf(root);
  if (twin !== null) {
    reject(settings, option, `${root}: there is ${twin} too, which claude's permission rules cannot tell from it`);
  }
  return root;
}
