import { ALNUM, BASE64, BASE64URL, DIGITS, HEX, TOKEN68, UPPER_ALNUM } from '../scan/alphabets.ts';
import { UUID, oneOf, parts, run } from './body.ts';
import { begins, near, type Rule } from './rule.ts';

// prettier-ignore
export const SECRET_MANAGER_RULES: readonly Rule[] = [
  begins('vault-token', ['hvs.', 'hvb.', 'hvr.'], run(BASE64URL, 24, 500), '2v1OzOCmMg1_jP9p5vnUNIqn', 'hvs.token'),
  near('vault-unseal-key', ['unseal'], oneOf(run(BASE64, 44), run(HEX, 64, 66)), 'GoH+FRxXiGuVEFlWhKWpRTKSBMji4QOEJYnEEgOEN3Lc', 'Unseal Key 1: (hidden)'),
  near('vault-secret-id', ['secret_id'], UUID, '4fa24105-1b64-246c-43f8-0a444d17e563', 'secret_id: 00000000-0000-0000-0000-000000000000'),
  begins('onepassword-token', ['ops_'], run(BASE64URL, 100, 2048), 'afaThOnSQHPt4D3UvOPSQH8fbqQu7lydP0r35gi93BsKhp_KNBprQWkodZ4rIn4BZz6uskuDC1duQIdnjBBspCB7flBvuk5__tXU', 'ops_per_second'),
  near('onepassword-secret-key', ['secret key'], parts('A3-', run(UPPER_ALNUM, 6), '-', run(UPPER_ALNUM, 6), '-', run(UPPER_ALNUM, 5), '-', run(UPPER_ALNUM, 5), '-', run(UPPER_ALNUM, 5), '-', run(UPPER_ALNUM, 5)), 'A3-ZWF9GF-P2AR04-EG9ZG-1KCQM-O5G1A-9VE2Y', 'secret key: A3-XXXXXX-XXXXXX-XXXXX-XXXXX-XXXXX-XXXXX'),
  begins('onepassword-recovery-key', ['1PRK-'], parts(run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4), '-', run(UPPER_ALNUM, 4)), '5HOS-FUO4-S747-7K14-Z5J9-7NGR-MU84-OL31-8WH6-XU72-U5XI-T95G-J6ER', '1PRK-XXXX-XXXX-XXXX'),
  begins('doppler-token', ['dp.ct.', 'dp.pt.', 'dp.sa.', 'dp.scim.', 'dp.said.'], run(ALNUM, 40, 44), 'w3wwrPI6vm5GUsm8N3toJxHu13SSxYsNnEEXihOI', 'dp.pt.token'),
  begins('doppler-token', ['dp.st.'], oneOf(run(ALNUM, 40, 44), parts(run(BASE64URL, 2, 35), '.', run(ALNUM, 40, 44))), '4EyphWRR9RgkG8nrayHWNdPGzhKnkXOM0drMgIOF', 'dp.st.prd.token'),
  begins('age-key', ['AGE-SECRET-KEY-1', 'AGE-SECRET-KEY-PQ-1'], run(UPPER_ALNUM, 58), 'ZU72N8ATRKYYH4LLYYDM0PGYW2DKAT01L90FGE956U07AQE4PN78VHEOLF', 'AGE-SECRET-KEY-1XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX'),
  begins('phase-token', ['pss_service:v'], parts(run(DIGITS, 1, 2), ':', run(TOKEN68, 60, 600)), '59:qhh8zBmHBrO8Hst8Km44PiZTRAe8OvcyX2ini4xedLy8KlxWTmjF7oNEcRPc', 'pss_service:v1:<token>'),
];
