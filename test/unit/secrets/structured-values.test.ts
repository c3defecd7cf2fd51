import { expect, it } from 'vitest';
import { createRedactor } from '../../../src/secrets/redactor.ts';
import { createDraw } from './random-secrets.ts';

const draw = createDraw(57);
const word = `Cedar#${draw(3, '123456789')}w${draw(2, 'xyz')}`;
const token = `${draw(12)}4${draw(18)}7`;

it.each([
  ['a block of YAML', `password: |\n  %\nuser: jo`, word],
  ['a folded block', `db:\n  password: >-\n    %\n  host: h`, word],
  ['an anchor of YAML', 'password: &pw %\nother: *pw', word],
  ['a tag of YAML', 'password: !!str %', word],
  ['a comment between', '- name: API_TOKEN\n  # from the vault\n  value: "%"', token],
  ['a value before its name', '- value: %\n  name: DB_PASSWORD', `${word}1`],
  ['a field between', '{"Name": "/prod/db/password", "Type": "SecureString", "Value": "%"}', word],
  ['a secret string', '{"Name": "prod/db", "SecretString": "%"}', word],
  ['arguments in a list', '["serve",\n                "--password",\n                "%"]', word],
  ['what a plan changes', '~ password = "Older#481zq" -> "%"', word],
  ['a table of psql', ' id | username | password\n----+----------+-----------\n  1 | jo       | %\n(1 row)', word],
  ['a table of MySQL', '+----+----------+\n| id | password |\n+----+----------+\n| 1  | % |\n+----+----------+', word],
  ['a record', '-[ RECORD 1 ]---\nusername | jo\npassword | %', word],
  ['CSV', 'username,password,role\njo,%,admin', word],
  [
    'columns',
    'Name             Value\n----             -----\nDB_PASSWORD                    %\nPATH  /bin',
    `${word}1`,
  ],
  ['what PHP prints', 'Array\n(\n    [password] => %\n)', word],
  ['what PHP writes', 'a:1:{s:8:"password";s:12:"%";}', word],
  ['a term of Erlang', '{password,"%"}', word],
  ['a map of Go', 'map[X-Api-Key:[%]]', token],
  ['a string on the next line', 'const clientSecret =\n  "%";', token],
  ['a default', 'PASSWORD = os.environ.get("PASSWORD") or "%"', word],
  ['an arrow', 'password -> %', word],
  ['the next line of a message', 'Your temporary password is:\n\n%\n', `${word}1`],
  ['an output of a job', '::set-output name=token::%', token],
  ['a variable of a job', '##vso[task.setvariable variable=apiKey;issecret=true]%', token],
  ['an input of a form', '<input type="password" name="pw" value="%">', word],
  ['an object that is printed', 'Credentials(bob,%)', word],
  ['a pair in a list', 'const auth = ["bob", "%"];', word],
  ['whose it is', 'PASSWORD elastic = %', token],
  ['a header in quotes', 'curl -X POST --header "Api-Token: %" https://x', token.slice(0, 10)],
  ['a secret of two words', 'JWT:\n  secret: "%"', 'kestrel#harbour'],
  ['a user of pgbouncer', '"app" "%"', `md5${draw(32, '0123456789abcdef')}`],
  ['a value that goes on', 'export API_TOKEN=%\\\nQm7pAP9aSpuSr9q', token],
])('masks %s', (_name, text, secret) => {
  const given = text.replace('%', () => secret);
  const masked = createRedactor({ env: {} }).redact(given).text;
  expect(masked).not.toContain(secret.slice(1, -2));
  expect(createRedactor({ env: {} }).redact(masked).text).toBe(masked);
});

it('masks the secret of an AWS key beside its id', () => {
  const secret = `${draw(17)}/${draw(21)}9`;
  expect(createRedactor({ env: {} }).redact(`rotate AKIA${draw(16, 'ABCDEFGH234567')} / ${secret}`).text).not.toContain(
    secret.slice(2, 30),
  );
});

it('masks a token that a terminal broke in two', () => {
  const body = draw(36);
  const masked = createRedactor({ env: {} }).redact(
    `Your token is ghp_${body.slice(0, 20)}\n${body.slice(20)} and so on`,
  );
  expect(masked.text).toBe('Your token is [REDACTED:github-token#1]\n[REDACTED:github-token#1] and so on');
});

it('masks the bytes of a key in words', () => {
  const bytes = (count: number) => Array.from({ length: count }, () => draw(2, '0123456789abcdef')).join(':');
  const line = bytes(15);
  const masked = createRedactor({ env: {} }).redact(`priv:\n    ${line}:\n    ${bytes(3)}\npub:\n    04:7f:74`).text;
  expect(masked).not.toContain(line.slice(0, 12));
  expect(masked).toContain('04:7f:74');
});

it.each([
  'id,name,password_policy\n1,jo,strict2024-x',
  '| password | type |\n|---|---|\n| string | the password of the user |',
  'user, password\nfoo1, bar2',
  '{"name": "DB_PASSWORD", "type": "string", "valueFrom": "arn:aws:x"}',
  '- value: eu-west-1\n  name: REGION_KEY2',
])('leaves %s', (text) => {
  expect(createRedactor({ env: {} }).redact(text).text).toBe(text);
});
