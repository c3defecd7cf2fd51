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
