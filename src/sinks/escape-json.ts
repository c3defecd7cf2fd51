import { ACTING_CHARACTERS, CI_COMMAND } from './acting-text.ts';

/**
 * JSON on one line in which nothing can act on a terminal: `JSON.stringify` escapes C0 already; DEL, C1, the bidi
 * controls and the line separators are escaped here, and so are the openings of the commands that CI systems look for
 * anywhere in a line (`##[…]`, `##vso[…]`, `##teamcity[…]`). Any JSON parser gives the same value back.
 */
export function escapeJson(value: unknown): string {
  const text = JSON.stringify(value);
  return ACTS.test(text) ? text.replaceAll(ACTS_ALL, escapeCharacter) : text;
}

const ACTS = new RegExp(`[${ACTING_CHARACTERS}]|#(?=#${CI_COMMAND})`, 'i');
const ACTS_ALL = new RegExp(ACTS, 'gi');

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
