import { ALNUM, BASE64, BASE64URL, HEX, LOWER_ALNUM, LOWER_CASE } from '../scan/alphabets.ts';
import { UUID, oneOf, parts, run } from './body.ts';
import { begins, follows, near, type Rule } from './rule.ts';

// prettier-ignore
export const PACKAGE_REGISTRY_RULES: readonly Rule[] = [
  begins('npm-token', ['npm_'], run(ALNUM, 36, 40), 'drPeeYb4oIgWU7IFDEI6jZiC2LT5LPlMqP9K', 'npm_config_registry npm_package_version'),
  begins('pypi-token', ['pypi-'], run(BASE64URL, 50, 512), 'AgEIcHlwaS5vcmc2wbui2ClKAco-LkZlfB6urzM5T11z9wp0fH', 'pypi-attestations-of-the-release'),
  begins('docker-token', ['dckr_pat_', 'dckr_oat_'], run(BASE64URL, 24, 40), '_IS8uqg7yMY3wenyiT1p5jvR', 'dckr_pat_'),
  begins('rubygems-token', ['rubygems_'], run(ALNUM, 42, 52), 'bf3e130d08097ab6176c1c4208847d62073636b192e23d19', 'rubygems_version_requirement'),
  begins('nuget-api-key', ['oy2'], run(LOWER_ALNUM, 43), '8wtg9zmup3mse2he7x6l3dnch23isb3w5l22gh7e7a8', 'oy2 is the mark'),
  begins('crates-io-token', ['cio'], run(ALNUM, 32), 'xe4Ni3q4ONU1xl3kDV4Hj0G5I1MrEKT3', 'cio package'),
  begins('artifactory-token', ['AKCp'], run(ALNUM, 64, 72), '5YDrWgd180G6maev6YwK6Ta8r0RvW32ysWfP0P6F3vnRbohHmf1jqbTvavE56RYN', 'AKCp is the mark'),
  begins('artifactory-token', ['cmVmdGtu'], run(ALNUM, 50, 60), 'uzOxeb5DtV6BwUjbFuycZcLynVtfz1TnsH049Tq4nWjVyYINJG', 'cmVmdGtuxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'),
  begins('clojars-token', ['CLOJARS_'], run(HEX, 60), 'ecdbfb76fb4ab232fe4738218cfd79d4eaecc4a3708b174accba85c7aac9', 'CLOJARS_USERNAME'),
  begins('nexus-token', ['NpmToken.'], UUID, 'ae087a8f-7734-121b-7dbf-4ca1875a8e48', '/NpmToken.[A-Za-z0-9]{36}/'),
  begins('packagist-token', ['packagist_'], parts(run(LOWER_CASE, 3), '_', run(HEX, 60, 72)), 'gon_b9b849fa91b94e946d2662f002b83d3334cd7b65cbccf06575af914ba424', 'packagist_url'),
  begins('openvsx-token', ['ovsxp_', 'ovsxat_'], oneOf(UUID, run(ALNUM, 32, 64)), 'b3e1926e-15c7-1830-32b9-ced86dfb9e6e', '/ovsxp_[A-Za-z0-9]{32}/'),
  near('packagecloud-token', ['packagecloud'], run(HEX, 48), '98af1f8ee9b4e6f342c43c69d9952a7952ba57bafd76361f', 'packagecloud_checksum = "e91a5eca4dfe390a7aff7c071f1ad4760d2c1359d5fc33e1"'),
  near('cloudsmith-token', ['cloudsmith'], run(HEX, 40), 'c4751da5c6eea14b40bc319143e97abf2a2f5716', 'cloudsmith commit: 891f4f920699a475fcec7a20a6bf9e3c95a21b51'),
  begins('docker-swarm-key', ['SWMKEY-1-', 'SWMTKN-1-'], run(BASE64, 40, 60), '8RYz8vl11YUn6bEEBMKuT7jJmOpL5UjKLfM/tHey', 'SWMTKN-1-<token>'),
  near('jfrog-token', ['jfrog', 'artifactory'], oneOf(run(ALNUM, 73), run(ALNUM, 64)), 'BuN81cjp0dhRypurWeceeD9QTBU3GyGgC1MmfFAIWnSztYfcWE919NAMevjFP7NCsSy5nHsIg', 'jfrog_version: "yNx67wJ4AJXR37qEFdHbYPzYD7kahv0gDwoXSZ9hOs9Ry9d67WKZ0gLvx67MK11lnJoRTSIwZ"'),
  near('gemfury-token', ['gemfury'], run(ALNUM, 20, 40), 'oibaoGU7mKpbgmFMvueF', 'gemfury_checksum = "j2JkQiWlJ4vxBeFLpQ3V"'),
  near('rubygems-key', ['rubygems_api_key'], run(HEX, 32, 48), 'b7d946bf54074e3248c801bef750110c', 'rubygems_api_key_id: 57513064d6d59291f0cde2e5738713a8'),
  follows('anaconda-token', ['/t/tk-'], run(HEX, 40), '5d9a1b7c3e8f2046a1c9e7b3d5f80264c8a1e3b7', 'https://conda.example.org/t/tk-token/get'),
];
