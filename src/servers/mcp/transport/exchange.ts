import type { ServerResponse } from 'node:http';
import type { Authenticated } from '../../auth/access.ts';

/** One request over HTTP that may be carried out. */
export interface Exchange {
  readonly request: Request;
  readonly res: ServerResponse;
  readonly admitted: Authenticated;
}
