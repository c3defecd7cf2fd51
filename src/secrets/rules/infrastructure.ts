import { ALNUM, BASE64, BASE64URL, DIGITS, HEX, LOWER_ALNUM } from '../scan/alphabets.ts';
import { parts, run } from './body.ts';
import { around, begins, near, type Rule } from './rule.ts';

// prettier-ignore
export const INFRASTRUCTURE_RULES: readonly Rule[] = [
  begins('pulumi-token', ['pul-'], run(HEX, 40), '51e76eb57d54dfd3123c22fc35007b8d340a628e', 'pul-request'),
  around('terraform-token', '.atlasv1.', { alphabet: ALNUM, min: 14, max: 14 }, run(BASE64URL, 60, 70), ['XQ6xED4FTbIAk4', 'R_cxOK-u--EJE7_e1d8zPnSac2gtK4wOfA-sKuekYXCDyMNF71z1n22wfDMB'], 'xxxxxxxxxxxxxx.atlasv1.<token>'),
  begins('openshift-token', ['sha256~'], run(BASE64URL, 43), 'dKdfV8WZL-Bh7kc9aZrHR0BMOCw25zVkeydfnfgELPJ', 'sha256~<token>'),
  near('kubernetes-bootstrap-token', ['bootstrap-token', 'bootstrap_token', 'bootstrap token', 'bootstraptoken', 'kubeadm'], parts(run(LOWER_ALNUM, 6), '.', run(LOWER_ALNUM, 16)), 'z3whn4.jktuhpo30y3yiiqa', 'bootstrap-token: bootstrap.kubernetes.io'),
  begins('rancher-token', ['token-', 'kubeconfig-u-', 'kubeconfig-user-'], parts(run(LOWER_ALNUM, 5, 20), ':', run(LOWER_ALNUM, 54)), 'ep1yb3axmz:1rb7fv8bjpboyz1x3w9wqqirf8enq45t85l16ckwu9qb0tdh7ftap3', 'token-abcde:<secret>'),
  around('k3s-token', '::server:', { alphabet: ALNUM, min: 67, max: 67 }, run(HEX, 32, 64), ['j1PgbwWBV52eu3cs7ZiQ5MZMa3KOlo8S6BY0kWLks26WSr8KEiG1nbpga0UH1QpkGfd', 'def010efa0ea8799260847783ee58d5b'], 'K10<ca hash>::server:<password>'),
  begins('prefect-key', ['pnu_', 'pnb_'], run(ALNUM, 36), 'jCnSK8rXxXPuE2PI1MJVKKEmYkwDQetKFUmN', 'pnu_key'),
  begins('portainer-token', ['ptr_'], run(BASE64, 43), 'xwnxlfEL2BdNiHytSraPI05RVM0BA2Uu+h5+t7Vu9dz', 'ptr_to_the_first_of_the_allocated_blocks_of_memory'),
  begins('kong-token', ['kpat_', 'spat_'], run(ALNUM, 40, 64), 'n17gpwTGkvet3tDAWJMXJ25rOjjf2GT0hGPAMfi0', 'kpat_token'),
  begins('dotenv-vault-key', ['dotenv://:key_'], run(HEX, 64), '60a9cf188abc3bbe8510ccca096c4a931854d1cb44a39ed96ccd9fd5c2215454', 'dotenv://:key_'),
  near('truenas-key', ['login_with_api_key'], parts(run(DIGITS, 1, 4), '-', run(ALNUM, 64)), '8-C3J27XDCG2LmlZGEONYlgCtjfIZ4SOcMz9CPVNPkNa1Hedcm4pMbXDuCL1mHoOsF', 'login_with_api_key(params)'),
];
