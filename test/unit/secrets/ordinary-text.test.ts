import { expect, it } from 'vitest';
import { createRedactor } from '../../../src/secrets/redactor.ts';

const mask = (text: string) => createRedactor({ env: {} }).redact(text).text;

it.each([
  // What tests print
  'PASS: check-mutex2',
  'PASS: lib/case-0123.c (test for warnings, line 7)',
  'XPASS: nested-7.c, XFAIL: nested-8.c',
  '    --- PASS: TestDial/192.0.2.7:443 (0.02s)',
  '{"Action":"output","Test":"TestDial/8","Output":"    --- PASS: TestDial/8 (0.02s)\\n"}',
  'ok 12 - password: rejects 8 characters',
  // Prose
  'Enter the login and password below.',
  'It reads the login and password from ~/.netrc unless told otherwise.',
  'makes a random password 12 characters long, of 3 words',
  'Only for username and password authentication.</p>',
  'Specific changes are identified by subelements.',
  // Code
  'func dial(host, login string, password string, retries int) error {',
  'struct entry {\n\tlogin    string\n\tpassword string\n}',
  'create table people (login varchar(30), password varchar(128) not null);',
  '["login","password","updated_at_2","id"]',
  'new StubToken("anyone", "password", "ROLE_3", "ROLE_4");',
  'assertTrue(names.contains("password", "last_name2"));',
  'cmd.Env = append(env, "PWD="+dir2)',
  'h("label",{for:"pw"},"Password:"),b?h("b",null," *** "):h(Input,null)',
  "redact: ['password', 'sessions.*', 'users.*.keys'],",
  'OAuth2Token authorization = SampleOAuth2Tokens\n    .token(client).build();',
  'private final List<Saml2X509Credential> decryptionX509Credentials;',
  "'secret': 'V1SecretVolumeSource', 'token': 'V1ServiceAccountTokenProjection'",
  '#define CKA_TOKEN 0x00000001UL',
  'hash = md5(password1 + salt); key = getToken2(session, user1)',
  // Names of resources
  '{"LockToken":"0c2d4e6f-1a3b-4c5d-8e7f-9a0b1c2d3e4f","ClientToken": "7a6b5c4d-3e2f-4a1b-8c9d-0e1f2a3b4c5d"}',
  '--starting-token eyJOZXh0VG9rZW4iOiBudWxsLCAib2Zmc2V0IjogMzB9',
  '"S3objectKey": "pictures-0123456789abcdef.bin"',
  '[{\\"name\\":\\"CACHE_PASSWORD\\",\\"valueFrom\\":{\\"secretKeyRef\\":{\\"key\\":\\"cache-password\\"}}}]',
  'kind: Secret\nstringData:\n  url: git@git.example.org:team/app\n  project: site\n  appID: "884422"',
])('leaves %s', (text) => {
  expect(mask(text)).toBe(text);
});
