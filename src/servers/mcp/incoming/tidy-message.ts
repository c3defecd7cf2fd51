import { isRecord } from '../../../is-record.ts';

/** Where null may mean something: what a tool is asked for is read by the tool. */
const AS_IT_IS = 'arguments';

/**
 * A JSON-RPC message, or several, as strict readers take it: some clients send null for all that is not set, `params`
 * among it, where the protocol has absence. Null as an id stays, and so does what stands within the arguments of a tool.
 */
export function tidyMessage(message: unknown): unknown {
  if (Array.isArray(message)) return message.map(tidyMessage);
  if (!isRecord(message)) return message;
  const { id } = message;
  const rest = withoutNulls(message);
  return id === null && isRecord(rest) ? { ...rest, id } : rest;
}

/** The same for a body as it came; what is no JSON stays as it is. */
export function tidyBody(body: Buffer): Buffer {
  if (!body.includes('null')) return body;
  try {
    return Buffer.from(JSON.stringify(tidyMessage(JSON.parse(body.toString('utf8')))));
  } catch {
    return body;
  }
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isRecord(value)) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([key, member]) => [key, key === AS_IT_IS ? member : withoutNulls(member)]));
}
