/** Where the programs of a POSIX system usually are. */
const SYSTEM_FOLDERS = '/usr/bin:/bin:/usr/sbin:/sbin';

/** A `PATH` on which the system's own programs come before those of the given one. */
export function systemPath(path: string | undefined): string {
  return path === undefined ? SYSTEM_FOLDERS : `${SYSTEM_FOLDERS}:${path}`;
}
