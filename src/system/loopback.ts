const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/i;

/** Whether a host, as people or URLs write it, is nowhere but on this machine. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

/** The names that a server on loopback is asked by, as URLs have them. */
export const LOOPBACK_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];
