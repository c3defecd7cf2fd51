import type { ServerResponse } from 'node:http';
import type { Authenticated } from '../../auth/access.ts';
import type { Connection } from './connection.ts';

/** One request over HTTP that may be carried out. */
export interface Exchange {
  readonly request: Request;
  readonly res: ServerResponse;
  readonly admitted: Authenticated;
}

/** Who made it. */
export function whoOf({ subject, quotas }: Authenticated): Connection['who'] {
  return { subject, ...(quotas === undefined ? {} : { quotas }) };
}
