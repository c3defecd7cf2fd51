import type { Kind } from '../case.ts';
import { base64Of } from './encode.ts';
import { named, shaped, token } from './define.ts';
import { strongPassword } from './passwords.ts';
import { spell } from '../spell.ts';

export const REGISTRY_KINDS: readonly Kind[] = [
  token('npm', 'NPM_TOKEN', 'npm_{alnum 36}'),
  shaped('npmrc-auth-token', (random) => {
    const secret = spell(random, '{uuid}');
    return [`registry=https://npm.example.com/\n//npm.example.com/:_authToken=${secret}\nalways-auth=true`, secret];
  }),
  shaped('npmrc-auth', (random) => {
    const secret = base64Of(`ci:${strongPassword(random)}`);
    return [`//npm.example.com/:_auth=${secret}\nemail=ci@example.com`, secret];
  }),
  shaped('npmrc-password', (random) => {
    const secret = base64Of(strongPassword(random));
    return [`//npm.example.com/:username=ci\n//npm.example.com/:_password=${secret}\n`, secret];
  }),
  shaped('yarnrc', (random) => {
    const secret = spell(random, '{uuid}');
    return [
      `npmRegistries:\n  "https://npm.example.com":\n    npmAlwaysAuth: true\n    npmAuthToken: ${secret}\n`,
      secret,
    ];
  }),
  token('pypi', 'TWINE_PASSWORD', 'pypi-AgEIcHlwaS5vcmc{url 150}'),
  token('pypi-test', 'TEST_PYPI_TOKEN', 'pypi-AgENdGVzdC5weXBpLm9yZw{url 150}'),
  shaped('pypirc', (random) => {
    const secret = strongPassword(random);
    return [`[distutils]\nindex-servers = internal\n\n[internal]\nusername = ci\npassword = ${secret}\n`, secret];
  }),
  shaped('pip-index-url', (random) => {
    const secret = spell(random, '{alnum 24}');
    return [`pip install --index-url https://ci:${secret}@pypi.example.com/simple acme`, secret];
  }),
  token('rubygems', 'GEM_HOST_API_KEY', 'rubygems_{hex 48}'),
  shaped('gem-credentials', (random) => {
    const secret = spell(random, '{hex 32}');
    return [`---\n:rubygems_api_key: ${secret}\n`, secret];
  }),
  shaped('bundle-config', (random) => {
    const secret = spell(random, '{alnum 20}');
    return [`BUNDLE_GEMS__EXAMPLE__COM: "ci:${secret}"`, secret];
  }),
  token('nuget', 'NUGET_API_KEY', 'oy2{lownum 43}'),
  shaped('nuget-config', (random) => {
    const secret = strongPassword(random);
    const lines = ['<add key="Username" value="ci" />', `<add key="ClearTextPassword" value="${secret}" />`];
    return [
      `<packageSourceCredentials>\n  <acme>\n    ${lines.join('\n    ')}\n  </acme>\n</packageSourceCredentials>`,
      secret,
    ];
  }),
  token('crates', 'CARGO_REGISTRY_TOKEN', 'cio{alnum 32}'),
  shaped('cargo-credentials', (random) => {
    const secret = spell(random, '{alnum 32}');
    return [`[registry]\ntoken = "${secret}"\n`, secret];
  }),
  token('docker-pat', 'DOCKER_PASSWORD', 'dckr_pat_{url 27}'),
  token('docker-org', 'DOCKER_ORG_TOKEN', 'dckr_oat_{alnum 32}'),
  shaped('docker-config-auth', (random) => {
    const secret = base64Of(`jo:${spell(random, '{alnum 20}')}`);
    return [`{\n\t"auths": {\n\t\t"https://index.docker.io/v1/": {\n\t\t\t"auth": "${secret}"\n\t\t}\n\t}\n}`, secret];
  }),
  shaped('docker-login', (random) => {
    const secret = strongPassword(random);
    return [`docker login registry.example.com -u ci -p ${secret}`, secret];
  }),
  shaped('docker-identity-token', (random) => {
    const secret = spell(random, '{url 120}');
    return [`{"auths":{"acme.azurecr.io":{"auth":"","identitytoken":"${secret}"}}}`, secret];
  }),
  token('artifactory-api-key', 'ARTIFACTORY_API_KEY', 'AKCp{alnum 69}'),
  token('artifactory-reference', 'ARTIFACTORY_TOKEN', 'cmVmdGtuOj{alnum 54}'),
  shaped('artifactory-header', (random) => {
    const secret = spell(random, '{alnum 73}');
    return [`curl -H "X-JFrog-Art-Api: ${secret}" -T app.tgz https://repo.example.com/generic/app.tgz`, secret];
  }),
  shaped('composer-auth', (random) => {
    const secret = spell(random, '{hex 40}');
    return [`{"http-basic":{"repo.example.com":{"username":"ci","password":"${secret}"}}}`, secret];
  }),
  shaped('composer-github', (random) => {
    const secret = spell(random, '{hex 40}');
    return [`{\n  "github-oauth": {\n    "github.com": "${secret}"\n  }\n}`, secret];
  }),
  named('packagist', 'PACKAGIST_TOKEN', '{alnum 20}'),
  token('clojars', 'CLOJARS_PASSWORD', 'CLOJARS_{hex 60}'),
  named('hex-pm', 'HEX_API_KEY', '{hex 32}'),
  named('gemfury', 'FURY_AUTH_TOKEN', '{alnum 20}'),
  named('quay-robot', 'QUAY_PASSWORD', '{UPNUM 64}'),
  named('sonatype', 'OSSRH_PASSWORD', '{alnum 44}'),
  named('cloudsmith', 'CLOUDSMITH_API_KEY', '{hex 40}'),
  shaped('maven-settings', (random) => {
    const secret = strongPassword(random);
    const lines = ['<id>releases</id>', '<username>ci</username>', `<password>${secret}</password>`];
    return [`<servers>\n  <server>\n    ${lines.join('\n    ')}\n  </server>\n</servers>`, secret];
  }),
  shaped('gradle-credentials', (random) => {
    const secret = strongPassword(random);
    return [`credentials {\n    username = "ci"\n    password = "${secret}"\n}`, secret];
  }),
  shaped('gradle-credentials-call', (random) => {
    const secret = strongPassword(random);
    return [`credentials {\n    username 'ci'\n    password '${secret}'\n}`, secret];
  }),
  shaped('sbt-credentials', (random) => {
    const secret = strongPassword(random);
    return [`realm=Sonatype Nexus\nhost=nexus.example.com\nuser=ci\npassword=${secret}`, secret];
  }),
];
