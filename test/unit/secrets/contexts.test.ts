import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../../src/secrets/redactor.ts';
import { BASE64, createDraw, fakePem, HEX } from './random-secrets.ts';

const draw = createDraw(3);
const mask = (text: string) => createRedactor({ env: {} }).redact(text).text;
const password = `${draw(7)}9!${draw(6)}`;
const token = `${draw(12)}4${draw(18)}7`;
const basic = Buffer.from(`svc:${password}`).toString('base64');
const jwt = ['{"alg":"HS256"}', '{"sub":"1234567890"}', draw(32)]
  .map((part) => Buffer.from(part).toString('base64url'))
  .join('.');

describe('what is masked by its surroundings', () => {
  it.each([
    ['env', `DB_PASSWORD=${password}`, 'DB_PASSWORD=[REDACTED:password#1]'],
    ['JSON', `{"user":"a","client_secret":"${token}"}`, '{"user":"a","client_secret":"[REDACTED:secret#1]"}'],
    ['JSON in JSON', `{\\"apiKey\\": \\"${token}\\"}`, '{\\"apiKey\\": \\"[REDACTED:api-key#1]\\"}'],
    [
      'JSON in JSON in JSON',
      `{\\\\\\"token\\\\\\":\\\\\\"${token}\\\\\\"}`,
      '{\\\\\\"token\\\\\\":\\\\\\"[REDACTED:token#1]\\\\\\"}',
    ],
    ['YAML', `  db_password: ${password}\n  host: db`, '  db_password: [REDACTED:password#1]\n  host: db'],
    ['code', `const CLIENT_SECRET = '${token}';`, "const CLIENT_SECRET = '[REDACTED:secret#1]';"],
    ['a flag', `tool push --api-key ${token} now`, 'tool push --api-key [REDACTED:api-key#1] now'],
    [
      'an attribute',
      `<add key="ApiPassword" value="${token}" />`,
      '<add key="ApiPassword" value="[REDACTED:password#1]" />',
    ],
    ['the next line', `- name: API_TOKEN\n  value: "${token}"`, '- name: API_TOKEN\n  value: "[REDACTED:token#1]"'],
    ['prose', `The admin password is ${token}, change it`, 'The admin password is [REDACTED:password#1], change it'],
    [
      'a query',
      `jdbc:mysql://db/app?password=${token}&ssl=1`,
      'jdbc:mysql://db/app?password=[REDACTED:password#1]&ssl=1',
    ],
    [
      'an AWS secret',
      `aws_secret_access_key = ${token}+/Ab9${draw(4)}`,
      'aws_secret_access_key = [REDACTED:api-key#1]',
    ],
    [
      'a URL',
      `git clone https://me:${token}@host.example/x.git`,
      'git clone https://me:[REDACTED:url-password#1]@host.example/x.git',
    ],
    ['a bearer', `Authorization: Bearer ${token}`, 'Authorization: Bearer [REDACTED:bearer-token#1]'],
    ['basic', `authorization: Basic ${basic}`, 'authorization: Basic [REDACTED:basic-credentials#1]'],
    ['a cookie', `Cookie: lang=en; sid=${token}; _ga=GA1.2`, 'Cookie: lang=en; sid=[REDACTED:cookie#1]; _ga=GA1.2'],
    [
      'a set cookie',
      `Set-Cookie: sid=${token}; Path=/; HttpOnly`,
      'Set-Cookie: sid=[REDACTED:cookie#1]; Path=/; HttpOnly',
    ],
    ['curl', `curl -s -u 'me:${password}' https://h`, "curl -s -u 'me:[REDACTED:password#1]' https://h"],
    ['netrc', `machine h login ci password ${draw(9)}`, 'machine h login ci password [REDACTED:password#1]'],
    ['a JWT', `id ${jwt}.`, 'id [REDACTED:jwt#1].'],
    [
      'a bot',
      `api.example/bot${draw(9, '123456789')}:AA${draw(33)}/getMe`,
      'api.example/bot[REDACTED:telegram-token#1]/getMe',
    ],
  ])('%s', (_name, text, expected) => {
    expect(mask(text)).toBe(expected);
  });

  it('names a secret by its format when it has one', () => {
    expect(mask(`NPM_TOKEN=npm_${draw(36)}`)).toBe('NPM_TOKEN=[REDACTED:npm-token#1]');
  });

  it('masks all of a line with several', () => {
    const line = `curl -H "Authorization: Bearer ${token}" -u me:${password} https://a:${draw(12)}@h`;
    expect(mask(line)).toBe(
      'curl -H "Authorization: Bearer [REDACTED:bearer-token#1]" -u me:[REDACTED:password#1] https://a:[REDACTED:url-password#1]@h',
    );
  });
});

describe('what stays', () => {
  it.each([
    'token: ${GITHUB_TOKEN}',
    'TOKEN=$(cat /run/secrets/token)',
    'password: <your password>',
    'API_KEY=your-api-key-goes-here1',
    'const apiKey = process.env.ANTHROPIC_API_KEY;',
    'password = os.environ["DB_PASSWORD"]',
    'const password = req.body.password1; const token = await getToken2(session);',
    'if (password === confirmPassword2) return',
    '{"password":null,"token":"","secret":false,"max_tokens":4096,"total_tokens": 18234}',
    'secretName: wildcard-example-com-tls2',
    'id = Column(Integer, primary_key=True, foreign_key="users.id2")',
    '"nextPageToken": "Ab3dE6gH9jK2mN5p"',
    'token_endpoint: https://login.example.com/oauth2/v2.0/token',
    'password: string, apiKey: ApiKeyProvider2',
    '"password": "^5.0.1", "secret": "2026-01-02T03:04:05Z"',
    'readonly STENCIL_PASS_DEPTH_PASS: 0x0B96;',
    'postgres://localhost:5432/app postgres://user:password@localhost/app',
    'Basic authentication uses username:password; bearer authentication is2 different',
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIf29OnhyFaU00 jo@host',
    'curl -u "$USER:$PASS" https://h',
    'InstrumentationKey=00000000-0000-0000-0000-000000000000;EndpointSuffix=ai.corp.io',
    `echo 'export DB_PASSWORD="'$BUILD_PASSWORD'"' >> .env`,
    '"/guide/3.0/choosing-a-good-password":"/guide/latest@3.1/accounts"',
    '"password": "&lt;NOTYOURS2&gt;"',
    'const password = process.env.APP_PASSWORD || "not-set"',
    'arn:aws:secretsmanager:eu-west-1:210987654321:secret:prod/orders-Ab12Cd',
    'scope:secret: name2OfAThing9',
    "auth = OAuth(session, 'client_name', 'scope_1')",
    'Files starting with "-----BEGIN RSA PRIVATE KEY-----" are PKCS#1 keys.',
  ])('%s', (text) => {
    expect(mask(text)).toBe(text);
  });
});

describe('a value behind an unusual sign, type or wrapping', () => {
  const small = draw(12, 'bcdfghjklmnpqrstvwxz');
  const strong = `Rq${draw(4)}7!x9${draw(3)}`;

  // `%` stands for the value; the last column for what is none in the same place.
  it.each([
    ['Rust', 'pub const API_TOKEN: &str = "%";', token, 'token_type_name'],
    ['R', 'api_token <- "%"', token, 'next_page_token()'],
    ['Ruby', "ENV['API_TOKEN'] ||= '%'", token, 'ENV.fetch("API_TOKEN")'],
    ['Make', 'API_TOKEN ?= %', token, '$(shell cat token)'],
    ['Make, read once', 'API_TOKEN ::= "%"', token, '$(shell cat token)'],
    ['Make, escaped', 'API_TOKEN :::= "%"', token, 'token-type'],
    ['PHP', '$apiToken .= "%";', token, '; path=/'],
    ['a string that grows', 'apiToken += "%"', token, ' (expired)'],
    ['Visual Basic', 'Private Const ApiToken As String = "%"', token, 'Settings.ApiToken'],
    ['Go', 'const apiToken string = "%"', token, 'apiTokenOfUser'],
    ['the key of some service', 'acmeboxKey := "%"', token, 'next_free_key_1'],
    ['a value on the next line', 'api_token =\n"%"', token, 'token'],
    ['Objective-C', 'NSString *const apiToken = @"%";', token, 'token type: %@'],
    ['bytes', "app.secret_key = b'%'", token, 'not-a-key'],
    ['a template string', 'let apiToken = `%`;', token, '${prefix}-token1'],
    ['bold Markdown', '- **API_TOKEN**: `%`', token, 'the token of the API'],
    ['a table of code', '| `API_TOKEN` | `%` |', token, 'string'],
    ['a table', '| admin | password | % |', strong, 'base64url'],
    ['a property list', '<key>ApiToken</key>\n  <string>%</string>', token, 'the token'],
    ['a property list in JSON', '<key>ApiToken</key>\\n  <string>%</string>', token, 'the token'],
    ['Clojure', '{:api-token "%"}', token, 'expired'],
    ['a builder', 'Client::builder().acme_api_token("%")', token, 'acme'],
    ['a setter', 'client.setAcmeToken("%");', token, 'acmeToken'],
    ['an option', 'Options { apiToken: Some("%") }', token, 'token'],
    ['a flag in quotes', 'acme push --api-token "%"', token, 'of the user'],
    ['setx', 'setx API_TOKEN "%" /M', token, '%API_TOKEN%'],
    ['gh', 'gh secret set API_TOKEN --body "%"', token, '$API_TOKEN'],
    ['C', '#define API_TOKEN "%"', token, 'token'],
    ['a prompt', '? API token › %', token, '(hidden)'],
    ['a default in brackets', 'AWS Secret Access Key [None]: %', token, 'None'],
    ['prose', 'I changed the api token to % and left.', token, 'something-else'],
    ['prose with an owner', 'The password for `svc` is `%`.', strong, 'too short'],
    ['prose with an owner of a domain', 'The password for `CORP\\nancy` is `%`.', strong, 'too short'],
    ['a vault', 'BW_SESSION=%', `${token}+/==`, '$(bw unlock --raw)'],
    ['colours', '\u001b[32mAPI_TOKEN=%\u001b[0m', token, '$API_TOKEN'],
    ['colours in JSON', '"\\u001b[32mAPI_TOKEN=%\\u001b[0m"', token, '$API_TOKEN'],
    ['a property', 'app.name=a\nspring.datasource.password=%\na=b', small, '${DB_PASSWORD}'],
    ['a field of JSON', '{"user": "svc", "pass": "%"}', small, 'bandpass'],
    ['a query', 'jdbc:mysql://db/app?password=%&ssl=1', small, '{password}'],
    ['a connection string', 'host=db password=% sslmode=require', small, 'required'],
    ['a flag before flags', 'deploy --password % --host db', small, '--user'],
    ['the environment of a command', 'MYSQL_PWD=% mysql -u root', small, '$PASSWORD'],
    ['a directive', 'rootpw %', small, '{SSHA}'],
    ['a shared secret', 'secret = %', 'Hazel@3665', 'count+100'],
    ['German', 'Das Passwort lautet % und gilt.', strong, 'anders'],
    ['Spanish', 'contraseña: %', strong, 'requerida'],
    ['Russian', 'пароль: %', strong, 'пусто'],
    ['Chinese', '密码：%', strong, '必填'],
    ['an app password', "EMAIL_HOST_PASSWORD = '%'", 'gaps nopk amig mbqo', 'this is not it'],
    ['a password in a note', 'pw: % (as last year)', strong, 'required'],
  ])('%s', (_name, text, secret, other) => {
    const masked = mask(text.replace('%', secret));
    expect(masked).not.toContain(secret);
    expect(masked).toMatch(/\[REDACTED:[a-z-]+#1\]/);
    const benign = text.replace('%', other);
    expect(mask(benign)).toBe(benign);
  });

  it.each([
    "paths: ['users.*.password', 'users[0].profile1']",
    'Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==',
    "headers: { 'Lock-Token': 'urn:uuid:a515cfa4-5da4-22e1-f5b5-00a0451e6bf7' }",
    'To generate datetimes, pass `dtype="datetime64[ns]"`',
    "longopt_pat = r'[a-zA-Z](?:[a-zA-Z0-9-]*)'",
    'new_token = f"{log_group_name}@{page2}"',
    "ACCESS_KEY = 'AWSAccessKeyId'",
    'type ApiKey = { token: string | undefined, secret?: Buffer2 }',
    'echo $PASSWORD | sha256sum | cut -c1-8',
    '| password | string | The password of the user |',
    'Set the password to null. Change the token to a string.',
    '.verifyToken("abc1Def2Ghi3") and .get_token("abc1Def2Ghi3")',
    'op_session_id: 9b2c4d6e8f0a1b3c5d7e9f0a',
    'password hashing: argon2id, password = hash2(password)',
  ])('leaves %s', (text) => {
    expect(mask(text)).toBe(text);
  });
});

describe('private keys', () => {
  const pem = fakePem(draw);
  const secretLine = pem.split('\n')[3] ?? '';
  const certificate = pem.replaceAll('RSA PRIVATE KEY', 'CERTIFICATE');

  it.each([
    ['whole', pem],
    ['indented', pem.replaceAll('\n', '\n    ')],
    ['escaped', `{"private_key":"${pem.replaceAll('\n', '\\n')}\\n"}`],
    ['escaped twice', `"${pem.replaceAll('\n', '\\\\n')}"`],
    [
      'with line numbers',
      pem
        .split('\n')
        .map((line, at) => `${at + 1}→${line}`)
        .join('\n'),
    ],
    [
      'line by line in code',
      pem
        .split('\n')
        .map((line) => `  "${line}\\n" +`)
        .join('\n'),
    ],
    ['with headers', pem.replace('-----\n', '-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00FF\n\n')],
    ['without an end', pem.slice(0, 300)],
    [
      'PGP',
      fakePem(draw, 4, 'PGP ')
        .replaceAll('KEY-----', 'KEY BLOCK-----')
        .replace('-----\n', '-----\nVersion: GnuPG v2\n\n'),
    ],
  ])('%s', (_name, text) => {
    const masked = mask(`before ${text}\nafter: all`);
    expect(masked).toContain('[REDACTED:private-key#1]');
    expect(masked).not.toMatch(/[A-Za-z0-9+/]{20}/);
    expect(masked).toMatch(/^before .*after: all$/s);
  });

  it('ends a key that was cut short where the key ends', () => {
    const cut = pem.split('\n').slice(0, 4).join('\n');
    expect(mask(`$ head -4 key.pem\n${cut}\n$ echo done`)).toBe(
      '$ head -4 key.pem\n[REDACTED:private-key#1]\n$ echo done',
    );
    expect(cut).toContain(secretLine);
  });

  it('leaves certificates alone', () => {
    expect(mask(certificate)).toBe(certificate);
  });

  it('knows a key that is base64 as a whole', () => {
    expect(mask(`client-key-data: ${Buffer.from(pem).toString('base64')}`)).toBe(
      'client-key-data: [REDACTED:private-key#1]',
    );
  });

  it('gives two keys two numbers', () => {
    expect(mask(`${pem}\n${fakePem(draw)}`)).toBe('[REDACTED:private-key#1]\n[REDACTED:private-key#2]');
  });
});

it('reads thousands of starts of secrets in time that grows with their number', () => {
  for (const start of [
    'secret=',
    'password="',
    '-----BEGIN PRIVATE KEY-----',
    'ghp_',
    'eyJ-',
    'curl -u ',
    'cookie: a=',
  ]) {
    expect(mask(start.repeat(20_000))).toBe(start.repeat(20_000));
  }
  expect(mask(draw(200_000, HEX))).toHaveLength(200_000);
  expect(mask(draw(200_000, BASE64))).toHaveLength(200_000);
});
