/** UTF-16 units kept of each string in an event, unless more or fewer are asked for. */
export const MAX_CHARS = 20_000;

/** Messages kept in a bundle, counted from the end. */
export const MAX_MESSAGES = 100;

/** Bytes of a prompt in all, 10 MiB: 2.1.197 refuses more on a plain stdin. */
export const PROMPT_LIMIT = 10 * 1024 * 1024;
