import { ALNUM, BASE64URL, DOTTED, WORD } from '../scan/alphabets.ts';
import { run } from './body.ts';
import { begins, type Rule } from './rule.ts';

// prettier-ignore
export const CODE_HOST_RULES: readonly Rule[] = [
  begins('github-token', ['ghp_', 'gho_', 'ghu_', 'ghr_', 'ghs_'], run(ALNUM, 36, 255), 'I5amLU4d8ESSl3ucMyPkx1PMeyXLcqHIl1eU', 'ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'),
  begins('github-token', ['github_pat_'], run(WORD, 60, 100), 'F00ClE6ETHp8RafMpRnoog_sNpzxvOAk59ZwKaUd2W3TW3lDw3zkSqJWnOpQrdfhndbAR291mSZBKFqFQ7', 'github_pat_tokens_are_fine_grained'),
  begins('gitlab-token', ['glpat-', 'glrt-'], run(DOTTED, 20, 300), 'UkeD3f04CAvsJLV8D4vM', 'glpat-token'),
  begins('gitlab-token', ['gldt-', 'glcbt-', 'glptt-', 'glsoat-', 'glagent-', 'gloas-'], run(BASE64URL, 20, 300), 'CFjDZ7gc90-y7UstDopa', 'gldt-token'),
  begins('bitbucket-app-password', ['ATBB'], run(ALNUM, 32, 36), 'B2xWnmTUWTfRwOe78WxhEPSYkO3QW7qF', 'ATBBL'),
  begins('circleci-token', ['CCIPAT_'], run(WORD, 50, 80), 'jVOtDWah2SWqnRb4pc5eWu_0d1664476c85d93290f752d27a29aa6c9a4dc794', 'CCIPAT_'),
];
