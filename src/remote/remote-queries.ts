import { GatewayError } from '../client/client.ts';
import { CALLER_FIELDS, nameForCallers } from '../request/caller-fields.ts';
import { charsKept } from '../request/kept.ts';
import type { RunRequest } from '../request/run-request.ts';
import type { Queries } from '../servers/queries.ts';
import { createCollector } from '../servers/queries/collect.ts';
import { follow } from '../servers/queries/follow.ts';
import { fieldOf } from '../request/caller-fields.ts';
import type { QueryRequest } from '../request/query-schema.ts';
import { readQueryRequest } from '../servers/validation/read-query-request.ts';
import { Refusal, refusalOf } from '../servers/refusal.ts';
import { abortWith } from '../system/abort-with.ts';
import type { Gateway } from './gateway.ts';
import { gatewayFault } from './gateway-fault.ts';
import { remoteRun } from './remote-run.ts';

/** What a face for models asks of queries, and what ends them. */
export type RemoteQueries = Pick<Queries, 'ask' | 'page' | 'close'>;

/**
 * Queries that a gateway carries out, in the name of whoever started this: what may be asked, how many run at once and what
 * is remembered is its to say.
 * @param env in which secrets are looked for
 */
export function remoteQueries(gateway: Gateway, env: Readonly<Record<string, string | undefined>>): RemoteQueries {
  const carryOut = remoteRun(gateway);
  const [stop, force] = [new AbortController(), new AbortController()];
  const going = new Set<Promise<unknown>>();

  return {
    async ask(request, _caller, follower, signal) {
      if (stop.signal.aborted) throw new Refusal('unavailable', 'the server is shutting down', { reason: 'shutdown' });
      const run = requestOf(readQueryRequest(request));
      const collector = createCollector({ ...run, full: false, maxChars: charsKept(run), onEvent() {} });
      const over = new AbortController();
      const letGo = abortWith(over, [signal, stop.signal]);
      const following = follower.sink && follow(follower.sink, over.signal);
      const carriedOut = carryOut(run, [collector, ...(following === undefined ? [] : [following.sink])], {
        signal: over.signal,
        forceStop: force.signal,
        env,
        nameOption: (option) => fieldOf(option) ?? option,
        ...(follower.approve === undefined ? {} : { canUseTool: follower.approve }),
      });
      going.add(carriedOut);
      try {
        const ending = await carriedOut;
        await following?.over();
        return { ending, bundle: collector.bundle(ending), isKept: true };
      } finally {
        letGo();
        going.delete(carriedOut);
      }
    },
    async page(runId, _caller, from, limit) {
      try {
        return await gateway.client.run(runId).messages({ from, limit });
      } catch (error) {
        if (error instanceof GatewayError)
          throw refusalOf({ ...error, message: error.message, error_code: error.code });
        throw new Refusal('unavailable', gatewayFault(error, gateway).error.message);
      }
    },
    async close() {
      if (stop.signal.aborted) force.abort();
      stop.abort('SIGTERM');
      await Promise.all(going);
    },
  };
}

/** A request by the names that options have. */
function requestOf({ prompt, ...rest }: QueryRequest): RunRequest {
  const asked = new Map<string, unknown>(Object.entries(rest));
  const fields = CALLER_FIELDS.flatMap((field) => {
    const value = asked.get(nameForCallers(field));
    if (value === undefined) return [];
    return [[field.name, field.caller.negated === true ? value !== true : value] as const];
  });
  return { ...Object.fromEntries(fields), prompt: { text: prompt } };
}
