import { ALNUM, BASE64, BASE64URL, createRandom, HEX, type Random } from '../random.ts';
import type { Adversary } from './adversary.ts';
import { SHUFFLED } from './shuffled.ts';
import { WOVEN } from './woven.ts';

/** What is repeated to make a text that could keep a careless scanner busy. */
const UNITS: Readonly<Record<string, string>> = {
  'secret=': 'secret=',
  'secret="': 'secret="',
  "secret='": "secret='",
  'password word': 'password ',
  'password:': 'password: ',
  'password is': 'password is ',
  'password:\\n': 'password:\n',
  'password=(': 'password=(',
  'nested objects': '{"password":{',
  'nested arrays': '"token":[',
  'escaped quotes': '\\"token\\":\\"',
  'api_key=$': 'api_key=${',
  '--password': '--password ',
  'name and value': '- name: API_TOKEN\n  value: ',
  'define(': "define('DB_PASSWORD', ",
  '<password>': '<password>',
  'key and string': '<key>password</key>',
  'XML elements': '<a><b c="d">',
  'XML attributes': '<add key="password" value="',
  '://': '://',
  'https://a:': 'https://a:',
  'https://a:b@': 'https://a:b@',
  'curl ': 'curl ',
  'curl -u': 'curl -u ',
  'curl -H "': 'curl -H "',
  'mysql -p': 'mysql -p',
  'Bearer ': 'Bearer ',
  'Basic ': 'Basic ',
  'Authorization:': 'Authorization: ',
  'Cookie:': 'Cookie: ',
  'cookie pairs': 'a=b; ',
  'connection string': 'AccountKey=a;',
  'connection pairs': 'Server=a;',
  netrc: 'machine login password ',
  pgpass: 'a:1:b:c:',
  'pgpass lines': 'host:5432:db:user:\n',
  htpasswd: 'a:$2y$10$',
  'shadow lines': 'root:$6$a$:1:0:9:7:::\n',
  'kind: Secret': 'kind: Secret\ndata:\n  ',
  'IDENTIFIED BY': "IDENTIFIED BY '",
  eyJ: 'eyJ',
  'eyJ.eyJ': 'eyJhbGciOi.',
  'sk-ant-': 'sk-ant-api03-',
  'sk-': 'sk-',
  ghp_: 'ghp_',
  AKIA: 'AKIA',
  AIza: 'AIza',
  'xoxb-': 'xoxb-1-',
  'SG.': 'SG.',
  '8Q~': 'a8Q~',
  T3BlbkFJ: 'T3BlbkFJ',
  '.atlasv1.': '.atlasv1.',
  'vendor names': 'heroku datadog cloudflare twilio ',
  'vendor name, glued': 'datadog_',
  ':AA': '1234567890:AA',
  '[REDACTED:': '[REDACTED:',
  'PEM begins': `${'-'.repeat(5)}BEGIN RSA PRIVATE KEY${'-'.repeat(5)}\n`,
  'PEM begins, glued': `${'-'.repeat(5)}BEGIN PRIVATE KEY${'-'.repeat(5)}`,
  'PEM ends': `${'-'.repeat(5)}END PRIVATE KEY${'-'.repeat(5)}\n`,
  dashes: '-',
  quotes: '"',
  'single quotes': "'",
  backslashes: '\\',
  'escaped newlines': '\\n',
  'one letter': 'a',
  spaces: ' ',
  newlines: '\n',
  'colour codes': '\u001b[32m',
  emoji: '😀',
};

/** What begins once and goes on for ever, drawn from an alphabet. */
const RUNS: Readonly<Record<string, readonly [head: string, alphabet: string]>> = {
  'long base64': ['', BASE64],
  'long hex': ['', HEX],
  'long base64url': ['', BASE64URL],
  'secret= and base64': ['secret=', BASE64],
  'secret=" and text': ['secret="', `${ALNUM} `],
  'password: and spaces': ['password:', ' '],
  'token and underscores': ['token', '_'],
  'https:// and userinfo': ['https://', ALNUM],
  'https://a: and userinfo': ['https://a:', `${ALNUM}:`],
  'Bearer and base64': ['Bearer ', BASE64URL],
  'eyJ and base64url': ['eyJ', BASE64URL],
  'eyJ and dots': ['eyJ', `${ALNUM}..`],
  'Cookie and letters': ['Cookie: ', `${ALNUM}=;`],
  'unclosed PEM': [`${'-'.repeat(5)}BEGIN RSA PRIVATE KEY${'-'.repeat(5)}\n`, `${BASE64}\n`],
  'unclosed PEM, escaped': [`"${'-'.repeat(5)}BEGIN PRIVATE KEY${'-'.repeat(5)}\\n`, BASE64],
  'curl and text': ['curl ', `${ALNUM}- `],
};

/** Texts of all sorts that are made to be slow. */
export const ADVERSARIES: readonly Adversary[] = [
  ...Object.entries(UNITS).map(([name, unit]) => ({
    name,
    make: (size: number) => unit.repeat(Math.ceil(size / unit.length)).slice(0, size),
  })),
  ...Object.entries(RUNS).map(([name, [head, alphabet]]) => ({
    name,
    make: (size: number) => head + createRandom(name).draw(size - head.length, alphabet),
  })),
  { name: 'all of these, mixed', make: (size) => soup(createRandom('soup'), size) },
  ...SHUFFLED,
  ...WOVEN,
];

function soup(random: Random, size: number): string {
  const units = Object.values(UNITS);
  const parts: string[] = [];
  for (let length = 0; length < size;) {
    const unit = random.pick(units);
    parts.push(unit);
    length += unit.length;
  }
  return parts.join('').slice(0, size);
}
