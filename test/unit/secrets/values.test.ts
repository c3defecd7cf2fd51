import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../../src/secrets/redactor.ts';
import { createDraw } from './random-secrets.ts';

const mask = (text: string) => createRedactor({ env: {} }).redact(text).text;

/** `%` stands for the value, which ends where its notation ends it. */
const PLACES = {
  env: 'DB_PASSWORD=%',
  YAML: 'db:\n  password: %\n  host: db',
  flag: 'app --password % --verbose',
  note: 'Password: %',
  XML: '<password>%</password>',
  properties: 'spring.datasource.password=%',
  connection: 'Server=db;User Id=sa;Password=%;Encrypt=True',
  dump: '{User:bob Password:% Host:db}',
  JVM: 'java -Ddb.password=% -jar a.jar',
  logfmt: 'level=info password=% host=db',
  shell: "docker run -e DB_PASSWORD='%' db:8",
  code: "const password = '%';",
  JSON: '{"password":"%"}',
};
const draw = createDraw(12);
const VALUES = [
  `Kq${draw(2, 'bcdfg')}}X3C6z|${draw(2, 'bcdfg')}5c`,
  `u${draw(1, 'KLM')}sYp&8pg5J)KqsB`,
  `cb${draw(1, 'HKL')}Ht9<s4awQ,1D2R`,
  `oC${draw(1, 'xyz')}YPO[WH7QmL9DI`,
  `@h${draw(1, 'pqr')}eRw4NFhky5Khl`,
  `*x${draw(1, 'pqr')}pDJv7k2IUPkG`,
  `%s${draw(1, 'VWX')}58Rm84sByBO1`,
  `$d${draw(1, 'VWX')}5vyN1GmHyxw2b`,
];

describe.each(Object.entries(PLACES))('a value as it is in %s', (_place, text) => {
  it.each(VALUES)('%s', (value) => {
    const masked = mask(text.replace('%', () => value));
    const left = masked.replace(/\[REDACTED:password#\d+\]/, '');
    expect(left).not.toBe(masked);
    // A sign at either end may stay.
    expect(left.length).toBeLessThanOrEqual(text.length + 1);
  });

  it('stays when it stands for another one', () => {
    for (const value of ['$DB_PASSWORD', '${PASSWORD:-x}', '%PASSWORD%', '$(pass show db)', '@{password}']) {
      const given = text.replace('%', () => value);
      expect(mask(given)).toBe(given);
    }
  });
});

it.each([
  ['letters where a connection string begins', '"Password =cedarwood;Initial Catalog=Main;"'],
  ['digits alone', 'DB_PASSWORD=58203947'],
  ['digits alone in YAML', '  password: 58203947'],
  ['a number of JSON', '{"password": 58203947}'],
  ['digits on a flag', 'app --password 58203947'],
  ['a PIN', 'ADMIN_PIN=58203947'],
  ['a PIN in JSON', '{"pin": 582039}'],
  ['a word and digits', 'APP_SECRET=cedar5820QRX'],
  ['a word and digits in JSON', '{"client_secret":"cedar5820QRX"}'],
  ['a word and digits as a token', 'DEPLOY_TOKEN=cedar5820QRX'],
  ['a word and digits in a file', 'client nas {\n  secret = cedar5820QRX\n}'],
  ['a word and digits on a property', 'spring.datasource.password: cedar5820QRX'],
  ['a word and digits on Helm', 'helm upgrade x ./c --set auth.rootPassword=cedar5820QRX,replicas=2'],
  ['a word and digits without a blank', 'login with user:jo password:cedar5820QRX'],
  ['a word and digits in a note', 'ssh jo@192.0.2.1 (pw:cedar5820QRX)'],
  ['a word and digits in a numbered block of YAML', '     4\tpassword: |\n     5\t  cedar5820QRX\n     6\thost: db'],
  ['a word and digits in a numbered table', '  1\t id | password\n  2\t----+----------\n  3\t  1 | cedar5820QRX\n'],
  ['a word and digits between tabs', 'user\tpassword\trole\njo\tcedar5820QRX\tadmin\n'],
  [
    'what a dump of PostgreSQL has',
    'COPY public.users (id, token, mail) FROM stdin;\n1\tcedar5820QRX\tjo\n2\t\\N\tal\n\\.\n',
  ],
  ['an app key in a sentence', 'The dd app key is 582039c182cde5a9e816f5e86934cdc52b9616f5, keep it.'],
])('masks %s', (_name, text) => {
  const masked = mask(text);
  expect(masked).toMatch(/\[REDACTED:/);
  expect(masked).not.toMatch(/582039|cedar/);
});

it.each(['{"port": 58203947}', 'gpio pin: 13', 'PASSWORD_LENGTH=58203947', 'token: build-2024', 'pw = 12'])(
  'leaves %s',
  (text) => {
    expect(mask(text)).toBe(text);
  },
);
