/** Milliseconds that a timer takes at most, some 24 days: more would be none at all. */
export const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** Shorter strings are never clipped: they are ids, types and names, and the note would be longer. */
export const MIN_CHARS = 64;

/**
 * The most that a prompt may have, whatever limit is set, 64 MiB: many times what any model takes, and so little that it
 * fits into one line of JSON (a string has some 512 Mi characters) even where each byte has to be escaped.
 */
export const MAX_PROMPT = 64 * 1024 * 1024;
