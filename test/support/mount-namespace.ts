import process from 'node:process';
import { execaSync } from 'execa';

/**
 * The beginning of a command line whose program, and all that it starts, sees mounts of its own: they are gone with the
 * last of these. Who is not root is one in there.
 */
export const IN_MOUNT_NAMESPACE: readonly [string, ...string[]] =
  process.getuid?.() === 0 ? ['unshare', '--mount'] : ['unshare', '--user', '--map-root-user', '--mount'];

/** Whether this machine has such: every Linux does, unless users other than root are kept from it. */
export function canMount(): boolean {
  const [program, ...args] = IN_MOUNT_NAMESPACE;
  const mount = [...args, 'mount', '-t', 'tmpfs', 'none', '/mnt'];
  return process.platform === 'linux' && !execaSync(program, mount, { reject: false }).failed;
}
