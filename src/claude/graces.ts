/*
 * The way of a claude to its end, in milliseconds.
 */

/**
 * Before each step of the stop sequence. An interrupt over stdin brings a result within 30 ms and is the only step that
 * never loses partial text; SIGINT brings one in most cases; SIGTERM is for a claude that hangs; SIGKILL for one that
 * ignores signals.
 */
export const STOP_GRACES_MS = { interrupt: 0, SIGINT: 5_000, SIGTERM: 3_000, SIGKILL: 2_000 } as const;

/** For the first of those steps where nobody waits for the answer. */
export const UNREAD_GRACE_MS = 1_000;

/** To exit, once claude is let go. */
export const EXIT_GRACE_MS = 10_000;

/** The same, where subagents that nobody waits for hold it up. */
export const HELD_EXIT_GRACE_MS = 1_000;

/** For what claude makes of a background task's end to begin: one more turn, with a result of its own. */
export const NOTIFICATION_GRACE_MS = 5_000;

/** For stderr to be closed after the exit. */
export const STDERR_GRACE_MS = 500;

/** What ends by itself that soon after claude, as its servers do, isn't worth a signal or a word. */
export const SETTLING_MS = 100;

/** Between SIGTERM and SIGKILL, for what outlives claude. */
export const SURVIVOR_GRACE_MS = 2_000;

/** In which SIGKILL is repeated; guardians of runs inside the run get most of it to do their work. */
export const KILLING_MS = 5_000;
export const GUARDIANS_SPARED_MS = 4_000;

/** How much longer than that a guardian repeats it, sparing nobody, before it gives up. */
export const GUARDIAN_LAST_MS = 2_000;
