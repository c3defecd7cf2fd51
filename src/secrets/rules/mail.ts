import { DOTTED, HEX } from '../scan/alphabets.ts';
import { run } from './body.ts';
import { begins, type Rule } from './rule.ts';

// prettier-ignore
export const MAIL_RULES: readonly Rule[] = [
  begins('sendgrid-key', ['SG.'], run(DOTTED, 60, 80), 'pZoJGYA7Y0TrFo0XumemhB.Z8saBme4CIwIEEpNX-PGks7y3QXbqvTE5v6KfB0o3Ax', 'SG.deploy.security-groups.ingress'),
  begins('mailgun-key', ['key-'], run(HEX, 32), '17a9a60a28c2d08795481e15b8184f4f', 'key-value-pairs-of-the-cache'),
];
