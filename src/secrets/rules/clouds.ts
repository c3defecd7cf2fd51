import { BASE64, BASE64URL, DOTTED, HEX, UPPER_ALNUM } from '../scan/alphabets.ts';
import { run } from './body.ts';
import { begins, type Rule } from './rule.ts';

// prettier-ignore
export const CLOUD_RULES: readonly Rule[] = [
  begins('aws-access-key-id', ['AKIA', 'ASIA', 'ABIA', 'ACCA'], run(UPPER_ALNUM, 16), 'EPK4PVNTHW2VV4VO', 'AKIAIOSFODNN7EXAMPLE'),
  begins('aws-bedrock-key', ['ABSK'], run(BASE64, 100, 160), '/SHawhwP/7JLGXmwhh2WEhLujqzeTunvQFTXy+wjHGEyswUySPx4u4ePxGvZi+1+EZofZObwbBGFNkd1SaK/v36iIoedd2W2L+G9', 'ABSKY'),
  begins('google-api-key', ['AIza'], run(BASE64URL, 35), 'nXxquF-Uxb6bJ3CnwNBDbevDWmEMpCv5g6S', 'AIzaSy-short'),
  begins('google-oauth-token', ['ya29.'], run(DOTTED, 30, 1024), 'fRlXIvZejdBgCtKY0JeTgpQYRy2TUi', 'ya29.a0 (an access token)'),
  begins('google-client-secret', ['GOCSPX-'], run(BASE64URL, 24, 40), 'ToZ3JnyEdqdWeYkW4hSl1A5u', 'GOCSPX-<28 characters>'),
  begins('google-refresh-token', ['1//0'], run(BASE64URL, 40, 160), 'F1T5z5fGlJY2hJawe6CROeplB1YFRthSQl-A6GnU', '1//0 is undefined'),
  begins('digitalocean-token', ['dop_v1_', 'doo_v1_', 'dor_v1_'], run(HEX, 64), '56fe6c92c3efc753ac70f21d7c2f4e051026acd33003b317e6fd874bcb0128e8', 'dop_v1_'),
];
