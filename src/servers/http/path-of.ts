import type { IncomingMessage } from 'node:http';

/** The path that a request asks for, as it was sent, without its query. */
export function pathOf({ url = '/' }: IncomingMessage): string {
  return url.replace(/[?#].*/s, '');
}

/** The same without the slash that some clients end every URL with. */
export function barePathOf(req: IncomingMessage): string {
  return pathOf(req).replace(/(?<=.)\/$/, '');
}
