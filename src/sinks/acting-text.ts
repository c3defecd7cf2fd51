/*
 * What in a text would be obeyed rather than shown. Written once, since each way out must know the same: pretty and
 * stderr make it visible, JSON escapes it.
 */

/** Beyond C0: DEL, C1, bidi controls and line separators, for use inside a character class. */
export const ACTING_CHARACTERS = String.raw`\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069`;

/** What follows `##` where a CI system takes it for a command, anywhere in a line: GitHub, Azure, TeamCity. */
export const CI_COMMAND = String.raw`(?:\[|vso\[|teamcity\[)`;
