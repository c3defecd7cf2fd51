import { ALNUM, BASE64 } from '../scan/alphabets.ts';
import { run } from './body.ts';
import { begins, type Rule } from './rule.ts';

// prettier-ignore
export const PAYMENT_RULES: readonly Rule[] = [
  begins('stripe-key', ['sk_live_', 'rk_live_', 'sk_test_', 'rk_test_'], run(ALNUM, 24, 255), '4c12PAyRUBmvY8kgByP0qZFu', 'sk_live_…'),
  begins('stripe-webhook-secret', ['whsec_'], run(BASE64, 24, 80), 'EIOQH7ZSZp7jPkFBNofala+3', 'whsec_test'),
];
