import { BASE64URL } from '../scan/alphabets.ts';
import { run } from './body.ts';
import { begins, type Rule } from './rule.ts';

// prettier-ignore
export const SECRET_MANAGER_RULES: readonly Rule[] = [
  begins('vault-token', ['hvs.'], run(BASE64URL, 24, 200), 'kLwl3BGx9v9BWIYbEgI6h-bA', 'hvs.token'),
  begins('vault-token', ['hvb.'], run(BASE64URL, 24, 300), 'VKu7BNvcIqMZuYW5PNeUUDHC', 'hvb.token'),
  begins('onepassword-token', ['ops_'], run(BASE64URL, 100, 2048), 'eyJ6hwmx5VxdiU5auSh37_opeefGs2pyOpd-F-42y99EJj5Z-wvlvtbXimQYSQrLtBIi4og_4L7pRJFmNM6jZKemoUaPUmW6ZG5x', 'ops_per_second'),
];
