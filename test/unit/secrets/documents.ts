import fc from 'fast-check';
import { CONTEXT_ANCHORS } from '../../../src/secrets/contexts/contexts.ts';
import { RULES } from '../../../src/secrets/rules/rules.ts';
import { RULE_EXAMPLES } from './rule-examples.ts';
import { BASE64, createDraw, fakePem } from './random-secrets.ts';

const draw = createDraw(17);
const values = ['correct horse battery', 'x y z and 1', `v${draw(9)}`];

/** What means something only together with what follows, one a line. */
const CONTEXTS = `password
password:
DB_PASSWORD=
"client_secret": "
\\"token\\":\\"
--api-key
secret is
- name: API_TOKEN
value:
Authorization: Bearer
Basic
Cookie: a=
curl -s -u
me:
login me password
https://
me:pass1word@
host.example
eyJ
-----BEGIN
PRIVATE KEY-----
sk-
max_tokens
[REDACTED:token#7]
[REDACTED:
ACME-1234
foo
bar`.split('\n');

/** Pieces that are secrets, begin or end like one, or part them. */
const PIECES = [
  `AKIA${draw(16, 'ABCDEFGHJK234567')}`,
  `npm_${draw(36)}`,
  `ghp_${draw(36)}`,
  `sk-ant-api03-${draw(95)}`,
  `${draw(10)}3!x${draw(5)}`,
  draw(40, BASE64),
  fakePem(draw, 3),
  fakePem(draw, 3).slice(0, 150),
  fakePem(draw, 2).replaceAll('\n', '\\n'),
  ...values,
  ...CONTEXTS,
  ...CONTEXTS.map((context) => `${context} `),
  ...Array.from('\\"\':=;{}[](),&@$'),
  '\\n',
  'é→😀',
];

/** Every mark of every format, and what it marks. */
const MARKS = CONTEXT_ANCHORS.map((anchor) => anchor.text);
const SAMPLES = [
  ...RULE_EXAMPLES.map(({ sample }) => sample),
  ...RULES.flatMap(({ anchors }) => anchors.map((anchor) => anchor.text)),
];

const piece = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...MARKS, ...SAMPLES) },
  { weight: 6, arbitrary: fc.constantFrom(...PIECES) },
  { weight: 2, arbitrary: fc.constantFrom(' ', '\n', '\t', '\r\n') },
  { weight: 1, arbitrary: fc.string({ maxLength: 12 }) },
);

const patterns = [
  { kind: 'ticket', pattern: 'ACME-\\d+' },
  { kind: 'between', pattern: 'foo.{0,20}bar' },
];

/** A text with secrets in it, whole and in parts, and the options to redact it with. */
export const documents = fc.record({
  text: fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join('')),
  options: fc.constantFrom({ env: {} }, { env: {}, values }, { env: {}, values, patterns }),
});
