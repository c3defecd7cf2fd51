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
