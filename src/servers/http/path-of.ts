import type { IncomingMessage } from 'node:http';

/** The path that a request asks for, as it was sent, without its query. */
export function pathOf({ url = '/' }: IncomingMessage): string {
  return url.replace(/[?#].*/s, '');
}
