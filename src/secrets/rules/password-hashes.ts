import { ANY_HEX, BASE64, DIGITS, HEX, URL_PATH } from '../scan/alphabets.ts';
import { parts, run } from './body.ts';
import { begins, type Rule } from './rule.ts';

/** Hashes of passwords that are not in the shape of crypt; those are in contexts/password-hash.ts. */
// prettier-ignore
export const PASSWORD_HASH_RULES: readonly Rule[] = [
  begins('password-hash', ['SCRAM-SHA-256$', 'SCRAM-SHA-1$', 'SCRAM-SHA-512$'], parts(run(DIGITS, 4, 7), ':', run(BASE64, 20, 64), '$', run(BASE64, 24, 92), ':', run(BASE64, 24, 92)), '1641505:21GatuWqP8ic7EwKpq4Y$UeiTM4Z3uqcf9XHwiVB9vbWr:dR3UPjeIMIHZpY6vwGkMT3qq', 'SCRAM-SHA-256$4096:<salt>$<stored key>:<server key>'),
  begins('password-hash', ['$ml$'], parts(run(DIGITS, 3, 8), '$', run(HEX, 64), '$', run(HEX, 128, 256)), '2079846$4399e57d3d5e80a39d59813c8535f1607de0edec511a3dad0efb9f7d88489c5a$4085fc7c0e1c1f00cd9ae078f8b07e43a8936c16f3ee8f019234d9cb073e1d993bcad7b9e23d53caca4518c884c03576dd659e2be2d9e88f417a2705478baf82', '$ml$<rounds>$<salt>$<entropy>'),
  begins('password-hash', ['grub.pbkdf2.sha512.'], parts(run(DIGITS, 3, 8), '.', run(ANY_HEX, 64, 256), '.', run(ANY_HEX, 64, 256)), '701392.2cD11ffEdbFeb185a7F6CEbF893b2C15CB4AF5f777fb34d2582C4f805316EB31.2eB96aDdB76E3aEfbC149d594cf922cCcfFEAB24d9A4b7C3F78dE6B686A5da7B', 'grub.pbkdf2.sha512.10000.<salt>.<hash>'),
  begins('password-hash', ['$wp$2y$'], parts(run(DIGITS, 2), '$', run(URL_PATH, 53)), '74$WNtVLB5tbpy95eUVKyehqVqfUIPiv6StaAf2M0t.G7/gnLDe6QKrs', '$wp$2y$10$<hash>'),
  begins('password-hash', ['$bcrypt-sha256$'], parts(run(URL_PATH, 0, 0), 'v=2,t=2b,r=', run(DIGITS, 1, 2), '$', run(URL_PATH, 22), '$', run(URL_PATH, 31)), 'v=2,t=2b,r=4$vSHQ9ol22ur12tQk5XYeGH$FI2d/3KXgqsPNIaYkFzvWpdDzlEQoqN', '$bcrypt-sha256$v=2,t=2b,r=12$<salt>$<hash>'),
  begins('password-hash', ['{PKCS5S2}'], run(BASE64, 64), 'FP3T3EN/BBZc2wFE65btDlf+CIfveDbB/RgpohQbvExFsbuGmmePKuJfcrC4sZMC', '{PKCS5S2} of Atlassian'),
  begins('password-hash', ['AQAAAAEAACcQAAAAE', 'AQAAAAIAAYagAAAAE'], run(BASE64, 64, 72), 'S/cM2wXwAOF16FeE3ogWeXgmyIH4KirimHVE8TlXt7nXiYQqZ1doUZT4VLcN3AFr', 'AQAAAAEAACcQAAAAEA=='),
  begins('password-hash', ['e1NTSEF9', 'e1NTSEEyNTZ9', 'e1NTSEE1MTJ9'], run(BASE64, 38, 160), 'kocI8azKRlDD1RwJ0vFD4K9aH3Dbg/IyEfBHaF', 'e1NTSEF9 is base64 of {SSHA}'),
  begins('password-hash', ['e0NSWVBUf'], run(BASE64, 20, 200), '6ZjBwa6G93wp/QFXGBWm', 'e0NSWVBUfQ== is base64 of {CRYPT}'),
  begins('password-hash', ['e1NIQX0'], run(BASE64, 36, 40), 'NcJ3BwW6tkZCEWstgr19wnj/YzqHpYQY9W+b', 'e1NIQX0= is base64 of {SHA}'),
];
