/** Secrets for tests: random looking, drawn from a seed, so that none was ever issued and every run is the same. */
export function createDraw(seed: number): (length: number, alphabet?: string) => string {
  let state = seed >>> 0 || 1;
  return (length, alphabet = ALNUM) =>
    Array.from({ length }, () => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return alphabet.charAt((state >>> 0) % alphabet.length);
    }).join('');
}

const ALNUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
export const BASE64 = `${ALNUM}+/`;
export const HEX = '0123456789abcdef';

/** A private key in armour: `lines` lines of base64 that are no key. */
export function fakePem(draw: (length: number, alphabet?: string) => string, lines = 6, label = 'RSA '): string {
  const body = Array.from({ length: lines }, () => draw(64, BASE64)).join('\n');
  return `-----BEGIN ${label}PRIVATE KEY-----\n${body}\n${draw(22, BASE64)}==\n-----END ${label}PRIVATE KEY-----`;
}
