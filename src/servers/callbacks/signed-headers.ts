import { createHmac } from 'node:crypto';

/** What is sent, and when. */
export interface Message {
  /** The same with each try, so that a receiver knows one that it has had. */
  readonly id: string;
  /** JSON. */
  readonly body: string;
}

/**
 * The headers that prove who sent a message, and when (Standard Webhooks 1): HMAC-SHA256 over its id, the time and its
 * bytes, so that none of them can be changed and an old message can be told.
 * @param now milliseconds since 1970
 */
export function signedHeaders({ id, body }: Message, key: Uint8Array, now = Date.now()): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
