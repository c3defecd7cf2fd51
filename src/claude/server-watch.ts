import { isTroubled, type ServerState } from '../outcome/server-warnings.ts';
import { isUnknown, type Message } from '../messages/types.ts';

/** Follows what claude tells of its MCP servers. */
export interface ServerWatch {
  /** Returns whether claude had better be asked about them: it has just told of one that is not there, and not why. */
  see(message: Message): boolean;
  /** Whether one is not there, by what was heard last: it may come yet. */
  isTroubled(): boolean;
  /** What claude said when it was asked; null if it never was. */
  heard(): readonly ServerState[] | null;
}

export function watchServers(): ServerWatch {
  let newest: readonly ServerState[] = [];
  let heard: readonly ServerState[] | null = null;

  return {
    see(message) {
      if (isUnknown(message)) return false;
      if (message.type === 'control_response') {
        const told = statesIn(message.response.response);
        if (told !== null) newest = heard = told;
      }
      if (message.type !== 'system' || message.subtype !== 'init') return false;
      newest = message.mcp_servers ?? [];
      return newest.some(isTroubled);
    },
    isTroubled: () => newest.some(isTroubled),
    heard: () => heard,
  };
}

/** The answer to `mcp_status`: that of each server, and its configuration, which is nobody's business. */
export function statesIn(answer: unknown): readonly ServerState[] | null {
  const { mcpServers }: { mcpServers?: unknown } = Object(answer);
  if (!Array.isArray(mcpServers)) return null;
  return mcpServers.flatMap((server: unknown) => {
    const { name, status, error }: { name?: unknown; status?: unknown; error?: unknown } = Object(server);
    if (typeof name !== 'string' || typeof status !== 'string') return [];
    return { name, status, ...(typeof error === 'string' ? { error } : {}) };
  });
}
