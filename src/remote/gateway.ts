import type { Client } from '../client/client.ts';

/** A gateway that runs are carried out by. */
export interface Gateway {
  /** Where it is, for messages. */
  readonly url: string;
  /** The proxy that it is asked through, for messages; absent: none. */
  readonly proxy?: string;
  readonly client: Client;
  /** What proves to it who asks, which is seen by nobody else. */
  secrets(): readonly string[];
  close(): Promise<void>;
}
