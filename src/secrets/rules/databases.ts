import { DOTTED, HEX } from '../scan/alphabets.ts';
import { run } from './body.ts';
import { begins, type Rule } from './rule.ts';

// prettier-ignore
export const DATABASE_RULES: readonly Rule[] = [
  begins('planetscale-token', ['pscale_tkn_'], run(DOTTED, 32, 64), 'lwULbL3z2rAPZqXHZFrAle4ErCwiqaZE', 'pscale_tkn_'),
  begins('planetscale-password', ['pscale_pw_'], run(DOTTED, 32, 64), 'DBZ3w3xmTqq57AdXghrCM3jWlvaNN2lx', 'pscale_pw_'),
  begins('supabase-token', ['sbp_'], run(HEX, 40), 'f9ccc351770b0937aa529b5bd885676846c44995', 'sbp_token'),
];
