import type { RunRequest } from '../../request/run-request.ts';

/** Whether a run has a session that nobody knew before: it goes on with none, and does not name the one to be. */
export function hasSessionToItself({
  resume,
  continue: continues,
  sessionId,
  passThrough = [],
}: Pick<RunRequest, 'resume' | 'continue' | 'sessionId' | 'passThrough'>): boolean {
  return resume === undefined && continues !== true && sessionId === undefined && !passThrough.some(namesSession);
}

/** The request that goes on with a session, in place of what it said of one. */
export function goingOnWith(request: RunRequest, resume: string): RunRequest {
  const { sessionId: _given, continue: _newest, forkSession: _fork, ...rest } = request;
  return { ...rest, resume };
}

/** Whether a session is kept, and there for claude to go on with. */
export function keepsSession({ noSessionPersistence, isolate, passThrough = [] }: RunRequest): boolean {
  const isForgotten = noSessionPersistence === true || isolate === true;
  return !isForgotten && !passThrough.some((argument) => namesSession(argument) || argument.startsWith('--no-session'));
}

/**
 * Whether an argument of claude's goes on with a session that is there, or names the one to be: `--resume ID`, `-rID`,
 * `--continue`, `--session-id=ID`.
 */
export function namesSession(argument: string): boolean {
  return goesOn(argument) || /^--session-id(?:=|$)/.test(argument);
}

/** Whether an argument of claude's goes on with a session that is there. */
export function goesOn(argument: string): boolean {
  return /^(?:-[rc](?!-)|--(?:resume|continue)(?:=|$))/.test(argument);
}
