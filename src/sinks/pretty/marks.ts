/** The signs that lines begin with; all are one column wide in every terminal. */
export const MARKS = { call: '●', good: '✓', bad: '✗', warning: '⚠', retry: '↻', note: '◇', minor: '·' } as const;

/** What stands before each line of a subagent, once a level. */
export const RAIL = '│ ';
