import { spell } from '../spell.ts';
import type { LookAlikes } from './look-alikes.ts';

/** Hashes and checksums. */
export const DIGESTS: LookAlikes = {
  'git-commit': (random) =>
    `commit ${spell(random, '{hex 40}')}\nAuthor: Jo <jo@example.com>\nDate:   Wed Mar 4 05:06:07 2026`,
  'git-short': (random) => `[main ${spell(random, '{hex 7}')}] fix token parsing`,
  'git-index': (random) => spell(random, 'index {hex 7}..{hex 7} 100644'),
  'git-oneline': (random) =>
    `${spell(random, '{hex 7}')} chore: bump auth key length\n${spell(random, '{hex 7}')} feat: add password reset`,
  'git-blame': (random) => `^${spell(random, '{hex 7}')} (Jo 2026-03-04 05:06:07 +0100 12) const token = next();`,
  'git-ref': (random) => `${spell(random, '{hex 40}')}\trefs/heads/rotate-secret-keys`,
  'git-tree': (random) => spell(random, '100644 blob {hex 40}\tsrc/auth/token.ts'),
  'github-actions-pin': (random) => `- uses: actions/checkout@${spell(random, '{hex 40}')} # v4.2.2`,
  'docker-digest': (random) => `FROM node:20@sha256:${spell(random, '{hex 64}')}`,
  'docker-pull': (random) => spell(random, 'Digest: sha256:{hex 64}\nStatus: Downloaded newer image for postgres:17'),
  'docker-layers': (random) => spell(random, '{hex 12}: Pull complete\n{hex 12}: Already exists'),
  'docker-ps': (random) => `CONTAINER ID   IMAGE\n${spell(random, '{hex 12}')}   hashicorp/vault:1.18`,
  sha256sum: (random) => spell(random, '{hex 64}  dist/app.tar.gz'),
  md5sum: (random) => spell(random, '{hex 32}  token.bin'),
  'sha1-file': (random) => spell(random, 'SHA1 (secret-store.zip) = {hex 40}'),
  'npm-integrity': (random) => `      "integrity": "sha512-${spell(random, '{b64 86}')}==",`,
  'npm-shasum': (random) => spell(random, 'npm notice shasum: {hex 40}'),
  'npm-lock-entry': (random) =>
    `"node_modules/jsonwebtoken": {\n  "version": "9.0.2",\n  "resolved": "https://registry.npmjs.org/jsonwebtoken/-/jsonwebtoken-9.0.2.tgz",\n  "integrity": "sha512-${spell(random, '{b64 86}')}=="\n}`,
  'pnpm-lock': (random) => `  resolution: {integrity: sha512-${spell(random, '{b64 86}')}==}`,
  'yarn-lock': (random) =>
    spell(random, '  resolved "https://registry.yarnpkg.com/js-tokens/-/js-tokens-4.0.0.tgz#{hex 40}"'),
  'yarn-berry': (random) => spell(random, '  checksum: 10c0/{hex 128}\n  languageName: node'),
  'go-sum': (random) => spell(random, 'github.com/golang-jwt/jwt/v5 v5.2.1 h1:{b64 43}='),
  'cargo-lock': (random) => spell(random, '[[package]]\nname = "secrecy"\nversion = "0.10.3"\nchecksum = "{hex 64}"'),
  'poetry-lock': (random) => `    {file = "pyjwt-2.10.1.whl", hash = "sha256:${spell(random, '{hex 64}')}"},`,
  'requirements-hash': (random) => spell(random, 'keyring==25.5.0 \\\n    --hash=sha256:{hex 64}'),
  'gemfile-lock': (random) => spell(random, 'CHECKSUMS\n  rack (3.1.8) sha256={hex 64}'),
  'nix-hash': (random) => `  hash = "sha256-${spell(random, '{b64 43}')}=";`,
  'nix-store': (random) => spell(random, '/nix/store/{lownum 32}-openssl-3.0.13'),
  'terraform-lock': (random) => spell(random, '  hashes = [\n    "h1:{b64 43}=",\n    "zh:{hex 64}",\n  ]'),
  'subresource-integrity': (random) =>
    `<script src="a.js" integrity="sha384-${spell(random, '{b64 64}')}" crossorigin></script>`,
  'csp-hash': (random) => spell(random, "Content-Security-Policy: script-src 'sha256-{b64 43}='"),
  etag: (random) => spell(random, 'ETag: W/"{hex 32}"\nCache-Control: max-age=60'),
  'content-md5': (random) => spell(random, 'Content-MD5: {b64 22}=='),
  'cache-key': (random) => spell(random, 'Cache restored from key: node-cache-Linux-x64-npm-{hex 64}'),
  'turbo-hash': (random) => spell(random, 'web:build: cache hit, replaying logs {hex 16}'),
  'hashed-asset': (random) => spell(random, 'main.{hex 8}.js 245 KiB\nvendors~auth.{hex 20}.chunk.css'),
  'vite-asset': (random) => spell(random, 'dist/assets/index-{url 8}.js   143.21 kB │ gzip: 46.11 kB'),
  'webpack-module': (random) => spell(random, '"./src/token.ts":{"id":"{hex 20}","hash":"{hex 20}"}'),
  'ssh-fingerprint': (random) => spell(random, 'SHA256:{b64 43} jo@host (ED25519)'),
  'gpg-fingerprint': (random) =>
    spell(
      random,
      'Primary key fingerprint: {HEX 4} {HEX 4} {HEX 4} {HEX 4} {HEX 4}  {HEX 4} {HEX 4} {HEX 4} {HEX 4} {HEX 4}',
    ),
  'tls-fingerprint': (random) =>
    `sha256 Fingerprint=${Array.from({ length: 32 }, () => spell(random, '{HEX 2}')).join(':')}`,
  'apk-checksum': (random) => spell(random, 'C:Q1{b64 27}=\nP:ca-certificates\nV:20250911-r0'),
  'bundle-digest': (random) => spell(random, '"outputHash": "{hex 64}", "bytes": 24115'),
};
