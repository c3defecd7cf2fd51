import { ALNUM, BASE64, BASE64URL, DIGITS, HEX, LOWER_ALNUM } from '../scan/alphabets.ts';
import { mixed, parts, run } from './body.ts';
import { around, begins, near, type Rule } from './rule.ts';

// prettier-ignore
export const INFRASTRUCTURE_RULES: readonly Rule[] = [
  begins('pulumi-token', ['pul-'], run(HEX, 40)),
  around('terraform-token', '.atlasv1.', { alphabet: ALNUM, min: 14, max: 14 }, run(BASE64URL, 60, 70)),
  begins('openshift-token', ['sha256~'], run(BASE64URL, 43)),
  near('kubernetes-bootstrap-token', ['bootstrap-token', 'bootstrap_token', 'bootstrap token', 'bootstraptoken', 'kubeadm'], parts(run(LOWER_ALNUM, 6), '.', run(LOWER_ALNUM, 16))),
  begins('rancher-token', ['token-', 'kubeconfig-u-', 'kubeconfig-user-'], parts(run(LOWER_ALNUM, 5, 20), ':', run(LOWER_ALNUM, 54))),
  around('k3s-token', '::server:', { alphabet: ALNUM, min: 67, max: 67 }, run(HEX, 32, 64)),
  begins('prefect-key', ['pnu_', 'pnb_'], run(ALNUM, 36)),
  begins('portainer-token', ['ptr_'], run(BASE64, 43)),
  begins('kong-token', ['kpat_', 'spat_'], run(ALNUM, 40, 64)),
  begins('infracost-api-key', ['ico-'], mixed(run(ALNUM, 32))),
  begins('dotenv-vault-key', ['dotenv://:key_'], run(HEX, 64)),
  near('truenas-key', ['login_with_api_key'], parts(run(DIGITS, 1, 4), '-', run(ALNUM, 64))),
];
