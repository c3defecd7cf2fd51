import { ALNUM, BASE64, BASE64URL, HEX, LOWER_ALNUM, LOWER_CASE } from '../scan/alphabets.ts';
import { UUID, oneOf, parts, run } from './body.ts';
import { begins, follows, near, type Rule } from './rule.ts';

// prettier-ignore
export const PACKAGE_REGISTRY_RULES: readonly Rule[] = [
  begins('npm-token', ['npm_'], run(ALNUM, 36, 40)),
  begins('pypi-token', ['pypi-'], run(BASE64URL, 50, 512)),
  begins('docker-token', ['dckr_pat_', 'dckr_oat_'], run(BASE64URL, 24, 40)),
  begins('rubygems-token', ['rubygems_'], run(ALNUM, 42, 52)),
  begins('nuget-api-key', ['oy2'], run(LOWER_ALNUM, 43)),
  begins('crates-io-token', ['cio'], run(ALNUM, 32)),
  begins('artifactory-token', ['AKCp'], run(ALNUM, 64, 72)),
  begins('artifactory-token', ['cmVmdGtu'], run(ALNUM, 50, 60)),
  begins('clojars-token', ['CLOJARS_'], run(HEX, 60)),
  begins('nexus-token', ['NpmToken.'], UUID),
  begins('packagist-token', ['packagist_'], parts(run(LOWER_CASE, 3), '_', run(HEX, 60, 72))),
  begins('openvsx-token', ['ovsxp_', 'ovsxat_'], oneOf(UUID, run(ALNUM, 32, 64))),
  near('packagecloud-token', ['packagecloud'], run(HEX, 48)),
  near('cloudsmith-token', ['cloudsmith'], run(HEX, 40)),
  begins('docker-swarm-key', ['SWMKEY-1-'], run(BASE64, 40, 60)),
  begins('docker-swarm-key', ['SWMTKN-1-'], parts(run(LOWER_ALNUM, 40, 60), '-', run(LOWER_ALNUM, 25))),
  near('jfrog-token', ['jfrog', 'artifactory'], oneOf(run(ALNUM, 73), run(ALNUM, 64))),
  near('gemfury-token', ['gemfury'], run(ALNUM, 20, 40)),
  near('rubygems-key', ['rubygems_api_key'], run(HEX, 32, 48)),
  follows('anaconda-token', ['/t/tk-'], run(HEX, 40)),
];
