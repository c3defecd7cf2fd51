import type { Case } from './case.ts';

/** Of a secret so many characters in a row may be left, or so large a part of it, whichever is more. */
const LEFT_CHARACTERS = 14;
const LEFT_SHARE = 0.4;
/** But never more than this part, which is less for short ones: 14 characters can be a whole password. */
const LEFT_SHARE_OF_SHORT = 0.5;

/** Whether too little of every secret is left to be of use. */
export function isMasked({ secrets }: Pick<Case, 'secrets'>, output: string): boolean {
  return secrets.every((secret) => !holdsMoreOf(output, secret, mayBeLeft(secret.length)));
}

function mayBeLeft(length: number): number {
  return Math.min(Math.max(LEFT_CHARACTERS, Math.floor(length * LEFT_SHARE)), Math.floor(length * LEFT_SHARE_OF_SHORT));
}

/** Whether more than `limit` characters of a secret stand in a row somewhere in a text. */
function holdsMoreOf(text: string, secret: string, limit: number): boolean {
  for (let start = 0; start + limit < secret.length; start += 1) {
    if (text.includes(secret.slice(start, start + limit + 1))) return true;
  }
  return false;
}
