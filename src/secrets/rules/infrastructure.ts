import { HEX } from '../scan/alphabets.ts';
import { run } from './body.ts';
import { begins, type Rule } from './rule.ts';

// prettier-ignore
export const INFRASTRUCTURE_RULES: readonly Rule[] = [
  begins('pulumi-token', ['pul-'], run(HEX, 40), '3a7d22a0e4992dbd06596b681cf2044d8d010c12', 'pul-request'),
];
