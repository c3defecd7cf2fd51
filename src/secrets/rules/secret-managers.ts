import { ALNUM, BASE64, BASE64URL, DIGITS, ENCODED, HEX, TOKEN68, UPPER_ALNUM, WORD } from '../scan/alphabets.ts';
import { UUID, oneOf, parts, run } from './body.ts';
import { around, begins, near, type Rule } from './rule.ts';

const ST_AND_HEX = Array.from('0123456789abcdef', (digit) => `st.${digit}`);

// prettier-ignore
export const SECRET_MANAGER_RULES: readonly Rule[] = [
  begins('vault-token', ['hvs.', 'hvb.', 'hvr.'], run(BASE64URL, 24, 500), '2v1OzOCmMg1_jP9p5vnUNIqn', 'hvs.token'),
  near('vault-unseal-key', ['unseal'], oneOf(run(BASE64, 44), run(HEX, 64, 66)), 'GoH+FRxXiGuVEFlWhKWpRTKSBMji4QOEJYnEEgOEN3Lc', 'Unseal Key 1: (hidden)'),
  near('vault-secret-id', ['secret_id', 'secretid'], UUID, '4fa24105-1b64-246c-43f8-0a444d17e563', 'secret_id: 00000000-0000-0000-0000-000000000000'),
  begins('onepassword-token', ['ops_'], run(ENCODED, 100, 2048), 'afaThOnSQHPt4D3UvOPSQH8fbqQu7lydP0r35gi93BsKhp_KNBprQWkodZ4rIn4BZz6uskuDC1duQIdnjBBspCB7flBvuk5__tXU', 'ops_per_second'),
  near('onepassword-secret-key', ['secret key'], parts('A3-', run(UPPER_ALNUM, 6), '-', run(UPPER_ALNUM, 6), '-', run(UPPER_ALNUM, 5), '-', run(UPPER_ALNUM, 5), '-', run(UPPER_ALNUM, 5), '-', run(UPPER_ALNUM, 5)), 'A3-ZWF9GF-P2AR04-EG9ZG-1KCQM-O5G1A-9VE2Y', 'secret key: A3-XXXXXX-XXXXXX-XXXXX-XXXXX-XXXXX-XXXXX'),
  begins('onepassword-recovery-key', ['1PRK-'], parts(run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4)), '5HOS-FUO4-S747-7K14-Z5J9-7NGR-MU84-OL31-8WH6-XU72-U5XI-T95G-J6ER', '1PRK-XXXX-XXXX-XXXX'),
  begins('doppler-token', ['dp.ct.', 'dp.pt.', 'dp.sa.', 'dp.scim.', 'dp.said.', 'dp.audit.'], run(ALNUM, 40, 44), 'w3wwrPI6vm5GUsm8N3toJxHu13SSxYsNnEEXihOI', 'dp.pt.token'),
  begins('doppler-token', ['dp.st.'], oneOf(run(ALNUM, 40, 44), parts(run(BASE64URL, 2, 35), '.', run(ALNUM, 40, 44))), '4EyphWRR9RgkG8nrayHWNdPGzhKnkXOM0drMgIOF', 'dp.st.prd.token'),
  begins('age-key', ['AGE-SECRET-KEY-1', 'AGE-SECRET-KEY-PQ-1'], run(UPPER_ALNUM, 58), 'ZU72N8ATRKYYH4LLYYDM0PGYW2DKAT01L90FGE956U07AQE4PN78VHEOLF', 'AGE-SECRET-KEY-1XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX'),
  begins('phase-token', ['pss_service:v'], parts(run(DIGITS, 1, 2), ':', run(TOKEN68, 60, 600)), '59:qhh8zBmHBrO8Hst8Km44PiZTRAe8OvcyX2ini4xedLy8KlxWTmjF7oNEcRPc', 'pss_service:v1:<token>'),
  begins('onepassword-secret-key', ['A3-'], parts(run(UPPER_ALNUM, 6), '-', run(UPPER_ALNUM, 6), '-', run(UPPER_ALNUM, 5), '-', run(UPPER_ALNUM, 5), '-', run(UPPER_ALNUM, 5), '-', run(UPPER_ALNUM, 5)), 'ZWF9GF-P2AR04-EG9ZG-1KCQM-O5G1A-9VE2Y', 'A3-XXXXXX-XXXXXX-XXXXX-XXXXX-XXXXX-XXXXX'),
  near('onepassword-session', ['op_session', 'opsession', 'op session', 'op-session', 'op.session'], run(BASE64URL, 43), 'tGBQVxqQWUw8y9xw1TsN-bC0NP9b9uDK7z3kHxxzuON', 'op_session_id: "6Uz3fch2N6wsz1MVW4skDwCwcIhswyPuwYfIxUUYXgX"'),
  near('bitwarden-session', ['bw_session', 'bwsession', 'bw session', 'bw-session', 'bw.session'], run(BASE64, 86, 88), 'zVYcRs8q7psk4Gfr4dGjO7VN9YJFGn9gU8ZteLY6/pUvaGReaJrwplqcmk5Kn1lztsJ1olxDiwZ47WOeU65gh2==', 'bw_session: "a-session-of-bw"'),
  near('bitwarden-token', ['bitwarden', 'bws_access', 'bwsaccess', 'bws-access', 'bws.access', 'bws access'], parts('0.', UUID, '.', run(ALNUM, 30), ':', run(BASE64, 22, 24)), '0.584d8c4f-a281-5d28-0282-7283e0ad8417.Y7ag3bcXjEjxMdiswHbhmP1g201Kwz:cwufXs6GQFrGvyRUpwjIde==', 'bitwarden: "0.1.2"'),
  begins('infisical-token', ST_AND_HEX, parts(run(HEX, 23), '.', run(HEX, 32), '.', run(HEX, 32)), 'a64cb14028d512c9791e558.e08baa7196b50ac2f86702824c1c0997.24caf4941d4072014b3ce107f80e222f', 'st.0 and st.1'),
  around('boundary-token', '_s1', { alphabet: WORD, min: 13, max: 13 }, run(ALNUM, 100, 300), ['at_gP4SgfKMde', 'LFtvSo4uWHiN2DEFc4C9lgFLIjDA80u3vhH6IdHviJxitttN7Vzcj5Xu1it4QwZshodWYXd4B59LxgYn8CQEwhU7JnevVUvp1a0YvHspjK9qmok7Rl0kMlRp'], 'at_the_table_s1'),
  near('dotenv-private-key', ['dotenv_private_key', 'dotenvprivatekey', 'dotenv private key', 'dotenv-private-key', 'dotenv.private.key'], run(HEX, 64), '36098b2cc2bd818319478da6bd0c621de49f145fda9988c79fc35526f7eaed46', 'dotenv_private_key_hash: "725a2a7b860dcd6c8a1f8b46287cced9041dff02cee737443e210471948d3329"'),
];
