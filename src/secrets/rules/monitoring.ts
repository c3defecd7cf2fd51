import { BASE64, WORD } from '../scan/alphabets.ts';
import { run } from './body.ts';
import { begins, type Rule } from './rule.ts';

// prettier-ignore
export const MONITORING_RULES: readonly Rule[] = [
  begins('grafana-token', ['glsa_'], run(WORD, 40, 48), 'EfVZ54tZEJlygGC0sCExzJuCRGauAceF_c734c0c8', 'glsa_'),
  begins('grafana-token', ['glc_'], run(BASE64, 32, 400), 'JgUQmiquN5wwraZAE9WO5SDuYWQogPGX', 'glc_token'),
];
