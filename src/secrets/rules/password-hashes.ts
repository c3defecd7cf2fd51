import { ANY_HEX, BASE64, DIGITS, HEX, URL_PATH } from '../scan/alphabets.ts';
import { parts, run } from './body.ts';
import { begins, type Rule } from './rule.ts';

/** Hashes of passwords that are not in the shape of crypt; those are in contexts/password-hash.ts. */
// prettier-ignore
export const PASSWORD_HASH_RULES: readonly Rule[] = [
  begins('password-hash', ['SCRAM-SHA-256$', 'SCRAM-SHA-1$', 'SCRAM-SHA-512$'], parts(run(DIGITS, 4, 7), ':', run(BASE64, 20, 64), '$', run(BASE64, 24, 92), ':', run(BASE64, 24, 92))),
  begins('password-hash', ['$ml$'], parts(run(DIGITS, 3, 8), '$', run(HEX, 64), '$', run(HEX, 128, 256))),
  begins('password-hash', ['grub.pbkdf2.sha512.'], parts(run(DIGITS, 3, 8), '.', run(ANY_HEX, 64, 256), '.', run(ANY_HEX, 64, 256))),
  begins('password-hash', ['$wp$2y$'], parts(run(DIGITS, 2), '$', run(URL_PATH, 53))),
  begins('password-hash', ['$bcrypt-sha256$'], parts(run(URL_PATH, 0, 0), 'v=2,t=2b,r=', run(DIGITS, 1, 2), '$', run(URL_PATH, 22), '$', run(URL_PATH, 31))),
  begins('password-hash', ['{PKCS5S2}'], run(BASE64, 64)),
  begins('password-hash', ['AQAAAAEAACcQAAAAE', 'AQAAAAIAAYagAAAAE'], run(BASE64, 64, 72)),
  begins('password-hash', ['e1NTSEF9', 'e1NTSEEyNTZ9', 'e1NTSEE1MTJ9'], run(BASE64, 38, 160)),
  begins('password-hash', ['e0NSWVBUf'], run(BASE64, 20, 200)),
  begins('password-hash', ['e1NIQX0'], run(BASE64, 36, 40)),
];
