import { dirname } from 'node:path';
import { filePermissionOf } from '../../request/narrowing/tool-rule.ts';
import type { Approver } from '../../run.ts';
import { isWithin } from '../../system/is-within.ts';
import { realPathOf } from '../../system/real-path.ts';
import type { Policy } from '../policy.ts';

type Asking = Pick<Policy, 'roots' | 'askTools'>;

/** Has somebody asked about calls that the policy leaves to people, and says no to all others. */
export function withinPolicy(policy: Asking, approve: Approver): Approver {
  return (call, signal) =>
    policy.askTools?.includes(call.tool) === true && isInRoots(call.tool, call.input, policy)
      ? approve(call, signal)
      : { behavior: 'deny', message: 'the server does not allow that call', by: 'policy' };
}

/** Where file tools say what they work on. */
const PATHS = ['file_path', 'notebook_path', 'path'];

/** No answer lets a file tool out of the roots, be it by a link. */
function isInRoots(tool: string, input: Readonly<Record<string, unknown>>, { roots }: Asking): boolean {
  if (filePermissionOf(tool) === null) return true;
  const paths = PATHS.map((name) => input[name]).filter((path) => typeof path === 'string');
  return paths.length > 0 && paths.every((path) => isWithin(realAsFar(path), roots));
}

/** Of what is not there yet, where it would be. */
function realAsFar(path: string): string {
  const parent = dirname(path);
  const real = realPathOf(path);
  if (real !== null || parent === path) return real ?? path;
  const above = realAsFar(parent);
  return `${above === '/' ? '' : above}${path.slice(parent === '/' ? 0 : parent.length)}`;
}
