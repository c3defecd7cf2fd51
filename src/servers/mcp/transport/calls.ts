import {
  isJSONRPCErrorResponse,
  isJSONRPCNotification,
  isJSONRPCRequest,
  isJSONRPCResultResponse,
  type JSONRPCMessage,
  type RequestId,
} from '@modelcontextprotocol/server';

/** The calls of one client that are under way: neither answered nor given up. */
export interface Calls {
  readonly ids: ReadonlySet<RequestId>;
  /** Takes note of what the client said; returns the id of a call that it gave up by that. */
  hear(message: JSONRPCMessage): RequestId | undefined;
  /** Takes note of what the client was told. */
  tell(message: JSONRPCMessage): void;
}

/**
 * Keeps account of calls.
 * @param onChange called when one begins or ends
 */
export function trackCalls(onChange: () => void = () => {}): Calls {
  const ids = new Set<RequestId>();
  const settle = (id: RequestId | undefined): void => {
    if (id !== undefined && ids.delete(id)) onChange();
  };
  return {
    ids,
    hear(message) {
      if (isJSONRPCRequest(message)) {
        ids.add(message.id);
        onChange();
      }
      if (!isJSONRPCNotification(message) || message.method !== 'notifications/cancelled') return undefined;
      const id = requestIdOf(message.params);
      settle(id);
      return id;
    },
    tell(message) {
      if (isJSONRPCResultResponse(message) || isJSONRPCErrorResponse(message)) settle(message.id);
    },
  };
}

/** The error for a call with the id of another one that is under way: their answers and cancellations could not be told apart. */
export const ID_IN_USE = 'The id is in use';

function requestIdOf(params: Readonly<Record<string, unknown>> | undefined): RequestId | undefined {
  const id = params?.['requestId'];
  return typeof id === 'string' || typeof id === 'number' ? id : undefined;
}
