/** Milliseconds that a timer takes at most, some 24 days: more would be none at all. */
export const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** UTF-16 units kept of each string in an event, unless more or fewer are asked for. */
export const MAX_CHARS = 20_000;

/** Shorter strings are never clipped: they are ids, types and names, and the note would be longer. */
export const MIN_CHARS = 64;

/** Messages kept in a bundle, counted from the end. */
export const MAX_MESSAGES = 100;

/** Bytes of a prompt in all, 10 MiB: 2.1.197 refuses more on a plain stdin. */
export const PROMPT_LIMIT = 10 * 1024 * 1024;

/**
 * The most that a prompt may have, whatever limit is set, 64 MiB: many times what any model takes, and so little that it
 * fits into one line of JSON (a string has some 512 Mi characters) even where each byte has to be escaped.
 */
export const MAX_PROMPT = 64 * 1024 * 1024;

/** Characters of piped or attached text that are sent as they are: some 90,000 tokens of a log, under half of what a model takes. */
export const INPUT_BUDGET = 200_000;

/** Milliseconds that claude may take to its first message. */
export const START_TIMEOUT_MS = 60_000;

/** Milliseconds in which nothing may happen, while a run waits for whatever it waits for. */
export const IDLE_TIMEOUT_MS = 15 * 60_000;

/** Milliseconds that subagents in the background may go on after the answer; commands in the background may not. */
export const WAIT_FOR_AGENTS_MS = 10 * 60_000;

/** Milliseconds that somebody who is asked about a tool may take to answer. */
export const ASK_TIMEOUT_MS = 2 * 60_000;

/** How often an API call is tried again: claude's own default. */
export const MAX_RETRIES = 10;

/** Milliseconds before one retry, at most. */
export const RETRY_MAX_WAIT_MS = 10 * 60_000;
