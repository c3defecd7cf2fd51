import { ALNUM, HEX, TOKEN68 } from '../scan/alphabets.ts';
import { run } from './body.ts';
import { begins, type Rule } from './rule.ts';

// prettier-ignore
export const SERVICE_RULES: readonly Rule[] = [
  begins('atlassian-token', ['ATATT3'], run(TOKEN68, 60, 300), 'nBPXDzYeUhuE9qLL9Wd56UShk7a5XvaLWNXzhyZCpezK7vPZ5U4xAjBYY7ri2kypRFUM2Oqfdr5bDbuxelHeNiLsCHeLuRXsMP51ySCSo3ClnfhBk1LbS3gowSmnaFqqMpF5rP5XseDTQ6XU7LDFP6uxwzkKVcPzy50JYVffeUc0nPCQ=4F1A0C2B', 'ATATT3 is the prefix'),
  begins('shopify-token', ['shpat_', 'shpss_', 'shpca_', 'shppa_'], run(HEX, 32), 'c4b73f6afd2af9e3b53aa3bf76fb8e6d', 'shpat_token'),
  begins('linear-key', ['lin_api_'], run(ALNUM, 40), 'MAIgznV09IdlplwJwVtdRAdrmwVerlvSZ9JkN2Ye', 'lin_api_key'),
  begins('notion-token', ['ntn_'], run(ALNUM, 40, 60), 'HbqZAEDB42MSSDGyTqY7vpVIRSAzFaeJex1QsNOB', 'ntn_12345678901abc'),
];
