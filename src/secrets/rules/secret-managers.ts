import { ALNUM, BASE64, BASE64URL, DIGITS, ENCODED, HEX, TOKEN68, UPPER_ALNUM, WORD } from '../scan/alphabets.ts';
import { UUID, oneOf, parts, run } from './body.ts';
import { around, begins, near, type Rule } from './rule.ts';

const ST_AND_HEX = Array.from('0123456789abcdef', (digit) => `st.${digit}`);

// prettier-ignore
export const SECRET_MANAGER_RULES: readonly Rule[] = [
  begins('vault-token', ['hvs.', 'hvb.', 'hvr.'], run(BASE64URL, 24, 500)),
  near('vault-unseal-key', ['unseal'], oneOf(run(BASE64, 44), run(HEX, 64, 66))),
  near('vault-secret-id', ['secret_id', 'secretid', 'secret id'], UUID),
  begins('onepassword-token', ['ops_'], run(ENCODED, 100, 2048)),
  near('onepassword-secret-key', ['secret key'], parts('A3-', run(UPPER_ALNUM, 6), '-', run(UPPER_ALNUM, 6), '-', run(UPPER_ALNUM, 5), '-', run(UPPER_ALNUM, 5), '-', run(UPPER_ALNUM, 5), '-', run(UPPER_ALNUM, 5))),
  begins('onepassword-recovery-key', ['1PRK-'], parts(run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4))),
  begins('doppler-token', ['dp.ct.', 'dp.pt.', 'dp.sa.', 'dp.scim.', 'dp.said.', 'dp.audit.'], run(ALNUM, 40, 44)),
  begins('doppler-token', ['dp.st.'], oneOf(run(ALNUM, 40, 44), parts(run(BASE64URL, 2, 35), '.', run(ALNUM, 40, 44)))),
  begins('age-key', ['AGE-SECRET-KEY-1', 'AGE-SECRET-KEY-PQ-1'], run(UPPER_ALNUM, 58)),
  begins('phase-token', ['pss_service:v'], parts(run(DIGITS, 1, 2), ':', run(TOKEN68, 60, 600))),
  begins('onepassword-secret-key', ['A3-'], parts(run(UPPER_ALNUM, 6), '-', run(UPPER_ALNUM, 6), '-', run(UPPER_ALNUM, 5), '-', run(UPPER_ALNUM, 5), '-', run(UPPER_ALNUM, 5), '-', run(UPPER_ALNUM, 5))),
  near('onepassword-session', ['op_session', 'opsession', 'op session', 'op-session', 'op.session'], run(BASE64URL, 43)),
  near('bitwarden-session', ['bw_session', 'bwsession', 'bw session', 'bw-session', 'bw.session'], run(BASE64, 86, 88)),
  near('bitwarden-token', ['bitwarden', 'bws_access', 'bwsaccess', 'bws-access', 'bws.access', 'bws access'], parts('0.', UUID, '.', run(ALNUM, 30), ':', run(BASE64, 22, 24))),
  begins('infisical-token', ST_AND_HEX, parts(run(HEX, 23), '.', run(HEX, 32), '.', run(HEX, 32))),
  around('boundary-token', '_s1', { alphabet: WORD, min: 13, max: 13 }, run(ALNUM, 100, 300)),
  near('dotenv-private-key', ['dotenv_private_key', 'dotenvprivatekey', 'dotenv private key', 'dotenv-private-key', 'dotenv.private.key'], run(HEX, 64)),
];
