import { armoured } from '../kinds/pem.ts';
import { BASE64, BASE64URL } from '../random.ts';
import { spell } from '../spell.ts';
import type { LookAlikes } from './look-alikes.ts';

/** Long runs of characters, and what is public of a pair of keys. */
export const BLOBS: LookAlikes = {
  'png-data-uri': (random) => `<img src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA${random.draw(400, BASE64)}=">`,
  'claude-image': (random) =>
    `{"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgoAAAANSUhEUgAA${random.draw(600, BASE64)}="}}`,
  'jpeg-base64': (random) => `"thumbnail": "/9j/4AAQSkZJRgABAQ${random.draw(500, BASE64)}"`,
  'font-data-uri': (random) => `@font-face{src:url(data:font/woff2;base64,d09GMgABAAAAA${random.draw(400, BASE64)})}`,
  'source-map': (random) =>
    `//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozLCJzb3VyY2VzIjpbXX${random.draw(300, BASE64)}`,
  'source-map-mappings': () =>
    '"mappings":"AAAA,SAASA,IAAIC,GAAG,OAAOA,EAAE,CAAC,CAACC,QAAQC,GAAG;AACA,GAAGC;CACD","names":["token","password"]',
  'svg-path': (random) =>
    `<path d="M12 2C6.48 2 2 6.48 2 12s4.48 10 10 10 10-4.48 10-10S17.52 ${random.int(1, 9)} 12 2zm0 18c-4.41 0-8-3.59-8-8"/>`,
  'wasm-base64': (random) => `const wasm = "AGFzbQEAAAAB${random.draw(500, BASE64)}";`,
  'gzip-base64': (random) => `"layer": "H4sIAAAAAAAAA${random.draw(300, BASE64)}"`,
  'protobuf-descriptor': (random) => `fileDesc("Chhnb29nbGUvcHJvdG9idWYv${random.draw(400, BASE64)}")`,
  'thinking-signature': (random) =>
    `{"type":"thinking","thinking":"Let me see.","signature":"ErUB${random.draw(340, BASE64)}=="}`,
  certificate: (random) => armoured(random, 'CERTIFICATE', 14, 64).text,
  'certificate-request': (random) => armoured(random, 'CERTIFICATE REQUEST', 10, 64).text,
  'public-key': (random) => armoured(random, 'PUBLIC KEY', 6, 64).text,
  'rsa-public-key': (random) => armoured(random, 'RSA PUBLIC KEY', 6, 64).text,
  'pgp-public-key': (random) => armoured(random, 'PGP PUBLIC KEY BLOCK', 12, 64, 'Version: GnuPG v2').text,
  'pgp-signature': (random) => armoured(random, 'PGP SIGNATURE', 8, 64).text,
  'pgp-message': (random) => armoured(random, 'PGP MESSAGE', 8, 64).text,
  'dh-parameters': (random) => armoured(random, 'DH PARAMETERS', 5, 64).text,
  'certificate-escaped': (random) => JSON.stringify({ ca: armoured(random, 'CERTIFICATE', 8, 64).text }),
  'certificate-data': (random) =>
    `    certificate-authority-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1J${random.draw(300, BASE64)}`,
  'key-mentioned': () => `Files starting with "${'-'.repeat(5)}BEGIN RSA PRIVATE KEY${'-'.repeat(5)}" are PKCS#1 keys.`,
  'key-searched': () => `grep -rl "BEGIN OPENSSH PRIVATE KEY" ~/.ssh`,
  'ssh-public-key': (random) => spell(random, 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{b64 43} jo@laptop'),
  'ssh-rsa-public-key': (random) => spell(random, 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ{b64 360}= jo@laptop'),
  'known-hosts': (random) => spell(random, 'github.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{b64 43}'),
  'known-hosts-hashed': (random) =>
    spell(random, '|1|{b64 27}=|{b64 27}= ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY{b64 100}='),
  'public-jwk': (random) => `{"kty":"RSA","use":"sig","kid":"2026-03","n":"${random.draw(342, BASE64URL)}","e":"AQAB"}`,
  'public-key-setting': (random) => `publicKey: "${spell(random, '{b64 43}')}="`,
  'wireguard-peer': (random) => spell(random, '[Peer]\nPublicKey = {b64 43}=\nAllowedIPs = 0.0.0.0/0'),
  'age-recipient': (random) => `age1${spell(random, '{bech 58}').toLowerCase()}`,
  'dkim-record': (random) =>
    `k1._domainkey IN TXT "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC${random.draw(180, BASE64)}"`,
  'vapid-public': (random) => `applicationServerKey: urlBase64ToUint8Array('B${random.draw(86, BASE64URL)}')`,
  'long-words': () =>
    'pneumonoultramicroscopicsilicovolcanoconiosis Donaudampfschifffahrtselektrizitaetenhauptbetriebswerk',
  'long-path': () =>
    '/usr/lib/node_modules/npm/node_modules/@npmcli/arborist/lib/arborist/secret-token-password-key-index.js',
  'long-identifier': () =>
    'com.example.application.security.authentication.PasswordAuthenticationTokenProviderFactoryBean',
  'random-numbers': (random) =>
    `[0.${spell(random, '{dig 16}')}, ${spell(random, '{dig 17}')}, 0x${spell(random, '{hex 8}')}]`,
  embedding: (random) =>
    `"embedding":[${Array.from({ length: 24 }, () => `-0.0${spell(random, '{dig 8}')}`).join(',')}]`,
  'base64-text': () =>
    `echo "${Buffer.from('the quick brown fox jumps over the lazy dog').toString('base64')}" | base64 -d`,
};
