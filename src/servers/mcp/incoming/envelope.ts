import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  LOG_LEVEL_META_KEY,
  type ServerContext,
} from '@modelcontextprotocol/server';
import * as z from 'zod';

/** The severities of `notifications/message`, the least severe first. */
export const LOG_LEVELS = ['debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency'] as const;

export type McpLogLevel = (typeof LOG_LEVELS)[number];

/** What a request says of its client since 2026-07-28; before, the client said so once. */
export interface Envelope {
  readonly client?: { readonly name: string; readonly version: string } | undefined;
  readonly logLevel?: McpLogLevel | undefined;
  /** Whether its user can be asked. */
  readonly elicits?: boolean;
}

/** The SDK has checked it, but its type says nothing of what is in it. */
export function envelopeOf({ mcpReq }: ServerContext): Envelope {
  const { data } = schema.safeParse(mcpReq.envelope);
  if (data === undefined) return {};
  return {
    client: data[CLIENT_INFO_META_KEY],
    logLevel: data[LOG_LEVEL_META_KEY],
    elicits: data[CLIENT_CAPABILITIES_META_KEY]?.elicitation !== undefined,
  };
}

const schema = z.object({
  [CLIENT_CAPABILITIES_META_KEY]: z.object({ elicitation: z.unknown().optional() }).optional(),
  [CLIENT_INFO_META_KEY]: z.object({ name: z.string(), version: z.string() }).optional(),
  [LOG_LEVEL_META_KEY]: z.enum(LOG_LEVELS).optional(),
});
