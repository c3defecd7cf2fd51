import type { Kind } from '../case.ts';
import { BASE64URL } from '../random.ts';
import { spell } from '../spell.ts';
import { shaped } from './define.ts';
import { base64Of, base64urlOf } from './encode.ts';
import { armoured, escapedPem, pem } from './pem.ts';

const LABELS = ['RSA ', 'EC ', 'DSA ', '', 'ENCRYPTED ', 'OPENSSH ', 'SSH2 ENCRYPTED ', 'ANY '];

export const KEY_KINDS: readonly Kind[] = [
  ...LABELS.map((label) =>
    shaped(`pem-${label.trim().toLowerCase().replaceAll(' ', '-') || 'pkcs8'}`, (random) => {
      const { text, lines } = pem(random, label, random.int(3, 26));
      return [`$ cat key.pem\n${text}\n`, ...lines];
    }),
  ),
  shaped('pem-indented', (random) => {
    const { text, lines } = pem(random, 'RSA ', 12);
    return [`tls:\n  key: |\n${text.replaceAll(/^/gm, '    ')}\n  port: 443\n`, ...lines];
  }),
  shaped('pem-line-numbered', (random) => {
    const { text, lines } = pem(random, 'OPENSSH ', 8, 70);
    return [
      text
        .split('\n')
        .map((line, index) => `${String(index + 1).padStart(6)}\t${line}`)
        .join('\n'),
      ...lines,
    ];
  }),
  shaped('pem-arrow-numbered', (random) => {
    const { text, lines } = pem(random, 'EC ', 4);
    return [
      text
        .split('\n')
        .map((line, index) => `${String(index + 1).padStart(5)}→${line}`)
        .join('\n'),
      ...lines,
    ];
  }),
  shaped('pem-escaped', (random) => {
    const { text, lines } = escapedPem(random, 'RSA ', 14);
    return [`PRIVATE_KEY="${text}\\n"`, ...lines];
  }),
  shaped('pem-escaped-twice', (random) => {
    const { text, lines } = pem(random, '', 14);
    return [JSON.stringify({ body: JSON.stringify({ key: text }) }), ...lines];
  }),
  shaped('pem-truncated', (random) => {
    const { text, lines } = pem(random, 'RSA ', 25);
    const shown = random.int(2, 8);
    return [
      `$ head -${shown + 1} key.pem\n${text
        .split('\n')
        .slice(0, shown + 1)
        .join('\n')}\n$ `,
      ...lines.slice(0, shown),
    ];
  }),
  shaped('pem-cut-in-line', (random) => {
    const { text, lines } = escapedPem(random, 'RSA ', 25);
    return [`${text.slice(0, 300)}… [truncated]`, ...lines.slice(0, 4).map((line) => line.slice(0, 60))];
  }),
  shaped('pem-with-headers', (random) => {
    const headers = `Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,${spell(random, '{HEX 32}')}`;
    const { text, lines } = armoured(random, 'RSA PRIVATE KEY', 12, 64, headers);
    return [text, ...lines];
  }),
  shaped('pem-concatenated', (random) => {
    const { text, lines } = pem(random, 'RSA ', 6);
    return [
      text
        .split('\n')
        .map((line) => `    "${line}\\n" +`)
        .join('\n'),
      ...lines,
    ];
  }),
  shaped('pem-crlf', (random) => {
    const { text, lines } = pem(random, '', 12);
    return [text.replaceAll('\n', '\r\n'), ...lines];
  }),
  shaped('pem-one-line', (random) => {
    const { text, lines } = pem(random, '', 10);
    return [`key: ${text.replaceAll('\n', ' ')}`, ...lines];
  }),
  shaped('pem-diff', (random) => {
    const { text, lines } = pem(random, 'EC ', 3);
    return [`--- /dev/null\n+++ b/key.pem\n@@ -0,0 +1,6 @@\n${text.replaceAll(/^/gm, '+')}`, ...lines];
  }),
  shaped('pem-base64', (random) => {
    const secret = base64Of(pem(random, 'RSA ', 12).text);
    return [`PRIVATE_KEY_B64=${secret}`, secret];
  }),
  shaped('pgp-private', (random) => {
    const { text, lines } = armoured(random, 'PGP PRIVATE KEY BLOCK', 16, 64, 'Version: GnuPG v2');
    return [text, ...lines];
  }),
  shaped('putty', (random) => {
    const lines = Array.from({ length: 8 }, () => spell(random, '{b64 64}'));
    const head = 'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: jo@laptop\nPublic-Lines: 1';
    const tail = `Private-MAC: ${spell(random, '{hex 64}')}`;
    return [
      `${head}\n${spell(random, 'AAAAC3NzaC1lZDI1NTE5AAAA{b64 44}')}\nPrivate-Lines: 8\n${lines.join('\n')}\n${tail}`,
      ...lines,
    ];
  }),
  shaped('jwk-rsa', (random) => {
    const [d, p, q] = [random.draw(342, BASE64URL), random.draw(171, BASE64URL), random.draw(171, BASE64URL)];
    return [JSON.stringify({ kty: 'RSA', n: random.draw(342, BASE64URL), e: 'AQAB', d, p, q, kid: 'main' }), d, p, q];
  }),
  shaped('jwk-ec', (random) => {
    const d = spell(random, '{url 43}');
    return [
      `{"kty":"EC","crv":"P-256","x":"${spell(random, '{url 43}')}","y":"${spell(random, '{url 43}')}","d":"${d}"}`,
      d,
    ];
  }),
  shaped('jwk-symmetric', (random) => {
    const k = spell(random, '{url 43}');
    return [`{"keys":[{"kty":"oct","alg":"HS256","kid":"2026-03","k":"${k}"}]}`, k];
  }),
  shaped('wireguard', (random) => {
    const secret = spell(random, '{b64 43}=');
    return [
      `[Interface]\nPrivateKey = ${secret}\nAddress = 10.0.0.2/32\n\n[Peer]\nPublicKey = ${spell(random, '{b64 43}=')}`,
      secret,
    ];
  }),
  shaped('wireguard-preshared', (random) => {
    const secret = spell(random, '{b64 43}=');
    return [
      `[Peer]\nPublicKey = ${spell(random, '{b64 43}=')}\nPresharedKey = ${secret}\nAllowedIPs = 0.0.0.0/0`,
      secret,
    ];
  }),
  shaped('openvpn-static', (random) => {
    const lines = Array.from({ length: 16 }, () => spell(random, '{hex 32}'));
    const label = 'OpenVPN Static key V1';
    const dashes = '-'.repeat(5);
    return [
      `<tls-auth>\n${dashes}BEGIN ${label}${dashes}\n${lines.join('\n')}\n${dashes}END ${label}${dashes}\n</tls-auth>`,
      ...lines,
    ];
  }),
  shaped('jwt', (random) => {
    const header = base64urlOf({ alg: random.pick(['HS256', 'RS256', 'ES256']), typ: 'JWT' });
    const claims = base64urlOf({ sub: spell(random, '{dig 10}'), name: 'Jo', iat: 1_790_000_000 });
    const secret = `${header}.${claims}.${spell(random, '{url 43}')}`;
    return [random.pick([`access token: ${secret}`, `{"token":"${secret}"}`, secret, `?jwt=${secret}&x=1`]), secret];
  }),
  shaped('jwe', (random) => {
    const header = base64urlOf({ alg: 'dir', enc: 'A256GCM' });
    const secret = `${header}..${spell(random, '{url 16}')}.${spell(random, '{url 120}')}.${spell(random, '{url 22}')}`;
    return [`Set-Cookie: next-auth.session-token=${secret}; Path=/; HttpOnly`, secret];
  }),
  shaped('kubernetes-service-account', (random) => {
    const claims = { iss: 'kubernetes/serviceaccount', sub: 'system:serviceaccount:default:ci' };
    const secret = `${base64urlOf({ alg: 'RS256', kid: spell(random, '{url 43}') })}.${base64urlOf(claims)}.${spell(random, '{url 342}')}`;
    return [`users:\n- name: ci\n  user:\n    token: ${secret}\n`, secret];
  }),
  shaped('mnemonic', (random) => {
    const words = 'abandon ability able about above absent absorb abstract absurd abuse access acid'.split(' ');
    const secret = random.shuffle(words).join(' ');
    return [`MNEMONIC="${secret}"`, secret];
  }),
];
