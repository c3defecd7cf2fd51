import { resolve } from 'node:path';
import { isWithin } from '../../system/is-within.ts';
import { realPathOf } from '../../system/real-path.ts';

/** The variables that name the folder of a job: GitHub, GitLab, Bitbucket, Azure, Jenkins. */
const VARIABLES = ['GITHUB_WORKSPACE', 'CI_PROJECT_DIR', 'BITBUCKET_CLONE_DIR', 'BUILD_SOURCESDIRECTORY', 'WORKSPACE'];

/**
 * The folder that a CI system has checked out, from which it counts paths; where there is none, or a run is elsewhere, that
 * of the run.
 */
export function workspaceOf(env: Readonly<Record<string, string | undefined>>, cwd: string): string {
  const named = VARIABLES.map((name) => env[name]).find((path) => path !== undefined && path !== '');
  if (named === undefined) return cwd;
  const path = resolve(cwd, named);
  return isWithin(cwd, [path]) || isWithin(realPathOf(cwd) ?? cwd, [realPathOf(path) ?? path]) ? path : cwd;
}
