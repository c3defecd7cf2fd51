import { resolve } from 'node:path';
import { beganSince, folderElsewhere } from '../claude/find-session.ts';
import { givenServers } from '../claude/start/given-servers.ts';
import type { StreamFacts } from '../outcome/facts.ts';
import type { GivenServer } from '../outcome/server-warnings.ts';
import type { RunRequest } from '../request/run-request.ts';
import type { Host } from './host.ts';

/** What is looked for once claude has gone, when nobody waits for it, to tell why a run went otherwise than asked. */
export interface LookBack {
  readonly servers: readonly GivenServer[];
  /** The folder that the session to go on with belongs to, where that is why it was not found. */
  readonly sessionFolder: string | null;
  /** Whether there was no conversation to continue, so that a new one began. */
  readonly beganAnew: boolean;
}

/** Looks back at a run that began at some time, in epoch milliseconds. */
export function lookBack(
  request: RunRequest,
  { env = process.env, discreet = false }: Host,
  facts: StreamFacts,
  stderr: string,
  startedAt: number,
): LookBack {
  const { isolate = false, resume, forkSession } = request;
  const cwd = resolve(request.cwd ?? process.cwd());
  const place = { env, cwd };
  const complaints = [stderr, ...(facts.result?.errors ?? [])];
  const isLost = resume !== undefined && complaints.some((text) => text.includes('No conversation found'));
  const continues = request.continue === true && forkSession !== true && facts.init !== null && !isolate;
  return {
    // Who may not see the machine's own files does not learn of those beside them either.
    servers: givenServers(discreet ? { ...request, strictMcpConfig: true } : request, place),
    sessionFolder: isLost && !discreet ? folderElsewhere(resume, place) : null,
    beganAnew: continues && facts.sessionId !== null && beganSince(startedAt, facts.sessionId, place),
  };
}
