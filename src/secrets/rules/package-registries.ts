import { ALNUM, BASE64URL, HEX } from '../scan/alphabets.ts';
import { run } from './body.ts';
import { begins, type Rule } from './rule.ts';

// prettier-ignore
export const PACKAGE_REGISTRY_RULES: readonly Rule[] = [
  begins('npm-token', ['npm_'], run(ALNUM, 36, 40), 'drPeeYb4oIgWU7IFDEI6jZiC2LT5LPlMqP9K', 'npm_config_registry npm_package_version'),
  begins('pypi-token', ['pypi-'], run(BASE64URL, 50, 512), 'AgEIcHlwaS5vcmc2wbui2ClKAco-LkZlfB6urzM5T11z9wp0fH', 'pypi-attestations-of-the-release'),
  begins('docker-token', ['dckr_pat_'], run(BASE64URL, 24, 40), '_IS8uqg7yMY3wenyiT1p5jvR', 'dckr_pat_'),
  begins('rubygems-token', ['rubygems_'], run(HEX, 48), 'bf3e130d08097ab6176c1c4208847d62073636b192e23d19', 'rubygems_version_requirement'),
];
