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
  `wq{{z}e)b$${draw(1, 'rst')}{r]kif(olu[mend>-_$#tavo`,
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

it('masks a value with signs in it to its end, however long it is', () => {
  const value = `git&202503251200&${draw(66)}+7Xq/${draw(20)}==`;
  expect(mask(`PASSWORD=${value}\nHOST=db`)).toBe('PASSWORD=[REDACTED:password#1]\nHOST=db');
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

const hex = '7e665c878692389f002c622c54e4e3670d810fa5e52fcce634e8ccd970280e81';

/** What has the shape of something harmless that stays, which ordinary-text.test.ts has, and is a secret all the same. */
it.each([
  // Words with blanks as an address has them
  ['https://app.corp.io/login?password=hunterKq7z%20vLm29xQ', 'hunterKq7z%20vLm29xQ'],
  ['{"client_secret":"Kq9xv%20aTz29LmQ8"}', 'Kq9xv%20aTz29LmQ8'],
  ['api_key=abcK29dLs%20x8Qz7wPq4Rt', 'abcK29dLs%20x8Qz7wPq4Rt'],
  ["DB_PASSWORD='Tr0ub4dor%20Kq9x'", 'Tr0ub4dor%20Kq9x'],
  ['password=correct%20horse%20battery%20staple', 'correct%20horse%20battery%20staple'],
  ['SMTP_TOKEN=abcd%20efgh%20ijkl%20mnop', 'abcd%20efgh%20ijkl%20mnop'],
  // Captions
  ['password=密码安全锁Kq9x!7', '密码安全锁Kq9x!7'],
  ['Password: 비밀번호안전Kq9x!', '비밀번호안전Kq9x!'],
  ["'password' => 'パスワード9xKq!7',", 'パスワード9xKq!7'],
  ['{"password":"パスワード9xKq!7"}', 'パスワード9xKq!7'],
  ['{"password":"密码安全锁KqXzVb"}', '密码安全锁KqXzVb'],
  ['{"password":"密码安全锁Kq!x"}', '密码安全锁Kq!x'],
  ['{"password":"密码安全锁非常重要请勿泄露Kq9x!7"}', '密码安全锁非常重要请勿泄露Kq9x!7'],
  ['{"password":"密码安全锁非常重要请勿泄露hunter!"}', '密码安全锁非常重要请勿泄露hunter!'],
  ['{"password":"密码安全锁非常重要请勿泄露horse77"}', '密码安全锁非常重要请勿泄露horse77'],
  ['{"password":"密码安全7锁horse!important"}', '密码安全7锁horse!important'],
  // Files
  ['prod/db/password:Xk29dLs8Qz7w', 'Xk29dLs8Qz7w'],
  ['login/password:Sup3rS3cret!9', 'Sup3rS3cret!9'],
  ['config/prod/api_key:k29dLs8Qz7wPq4Rt', 'k29dLs8Qz7wPq4Rt'],
  ['/app/DB_PASSWORD:Xk29dLs8Qz7w', 'Xk29dLs8Qz7w'],
  ['email/password:"Xk29dLs8Qz7w"', 'Xk29dLs8Qz7w'],
  ['Benutzer/Passwort:Xk29dLs8Qz7w', 'Xk29dLs8Qz7w'],
  ['see /etc/passwd:Kq9xv7TzPl for it', 'Kq9xv7TzPl'],
  ['prod/passwd:Kq9xv:7TzPl:mW2', 'Kq9xv:7TzPl'],
  // Types
  ['PASSWORD=Int3rnet', 'Int3rnet'],
  ['password=Sha1dowFox', 'Sha1dowFox'],
  ['PASSWORD=Base1jumper', 'Base1jumper'],
  ['password=Md4dness', 'Md4dness'],
  ['db_password=SummerVec5tor', 'SummerVec5tor'],
  ['db_password=SummerInt64x', 'SummerInt64x'],
  ['password=Utf8Kqxz', 'Utf8Kqxz'],
  // Parameters
  ['authorization: bearer jwt=kJ82hdKsLq9vXz7TmPw3', 'jwt=kJ82hdKsLq9vXz7TmPw3'],
  ['bearer key=kJ82hdKsLq9vXz7TmPw3', 'key=kJ82hdKsLq9vXz7TmPw3'],
  ['bearer auth=kJ82hdKsLq9vXz7TmPw3', 'auth=kJ82hdKsLq9vXz7TmPw3'],
  ['bearer auth=kqxzvbtmplrwq92', 'auth=kqxzvbtmplrwq92'],
  // Digests, and what a server decrypts
  ['password=sha256:Kq9xv7TzPl', 'sha256:Kq9xv7TzPl'],
  ['password: "sha1-Kq9xv7Tz"', 'sha1-Kq9xv7Tz'],
  [`secret: "sha256:${hex.slice(2)}"`, `sha256:${hex.slice(2)}`],
  [`secret: "sha512:${hex}"`, `sha512:${hex}`],
  [`secret: "sha256:${hex}!Kq9"`, `sha256:${hex}!Kq9`],
  [`password: "sha256:${hex}"`, `sha256:${hex}`],
  ["password: '{cipher}Kq9xv7Tz!'", '{cipher}Kq9xv7Tz!'],
  ["password: '{cipher}Kq9xv7TzPlmW2sdR'", '{cipher}Kq9xv7TzPlmW2sdR'],
  // Fingerprints
  ['releaseKey: B6E73D84EA4FCC47166087253FAAD2CD5ECBB314', 'B6E73D84EA4FCC47166087253FAAD2CD5ECBB314'],
  ['the encryption key B6E73D84EA4FCC47166087253FAAD2CD5ECBB314', 'B6E73D84EA4FCC47166087253FAAD2CD5ECBB314'],
  ['GPG_PASSPHRASE=B6E73D84EA4FCC47166087253FAAD2CD5ECBB314', 'B6E73D84EA4FCC47166087253FAAD2CD5ECBB314'],
  // Lines of accounts, properties, macros, patterns and names
  ['db:*:38:38:Kq9xv7TzPl', 'Kq9xv7TzPl'],
  ['db.corp.io:5432:1001:2002:Kq9xv7TzPl', 'Kq9xv7TzPl'],
  ['https://jo:1234;ab=Kq9xv7Tz@git.corp.io/a', '1234;ab=Kq9xv7Tz'],
  ['CREATE USER jo IDENTIFIED BY __Kq9xv7Tz', '__Kq9xv7Tz'],
  ['user\tpassword\trole\njo\t/Kq9xv7Tz!mP\tadmin\n', 'Kq9xv7Tz!mP'],
  ['x("password", "kqxvt-739")', 'kqxvt-739'],
  ['sshpass -p ext:Kq9xv7Tz! ssh a', 'Kq9xv7Tz!'],
  ['requests.get(u, auth=(user, "Kq9x7"))', 'Kq9x7'],
  // Words of programming languages
  ["DB_PASSWORD='none&4GGACS9r'", 'none&4GGACS9r'],
  ["PASSWORD('string-JofKGCsC')", 'string-JofKGCsC'],
  ["PASSWORD('null#horse31')", 'null#horse31'],
  // What SQL and a column have
  ["UPDATE users SET password = N'BxCrSEsb' WHERE id = 1", 'BxCrSEsb'],
  ["UPDATE users SET password = MD5('kHUfkNNrR')", 'kHUfkNNrR'],
  ["SELECT PASSWORD('/8Ejzm8CQR')", '/8Ejzm8CQR'],
  ['Key         Value\npassword    BxCrSEsb\nuser        jo\n', 'BxCrSEsb'],
  ['Key         Value\npassword    ^;*j:sq&p0;h9vq\nuser        jo\n', '^;*j:sq&p0;h9vq'],
  ['Key            Value\ndb.password    Falcon.PD4TbZFM\nuser           jo\n', 'Falcon.PD4TbZFM'],
  ['| Variable | Value |\n| --- | --- |\n| DB_PASSWORD | summer.Qx7oDsOQ |\n', 'summer.Qx7oDsOQ'],
  ['bearer auth=summerhorse84', 'auth=summerhorse84'],
  ['bearer auth=summerhorse4', 'auth=summerhorse4'],
  // Code between strings
  [`{"password": "+'OMKRZAkeP"}`, "+'OMKRZAkeP"],
  [`{"password": ",'Kq9xv7TzPl"}`, ",'Kq9xv7TzPl"],
])('masks the secret in %s', (text, secret) => {
  expect(mask(text)).toMatch(/\[REDACTED:/);
  expect(mask(text)).not.toContain(secret);
  // A sign at either end may stay.
  expect(mask(text)).not.toContain(secret.slice(1, -1));
});

/** What leads to a value, and how little of it there may be. */
it.each([
  // Brackets that close nothing: no template, no call
  ["apikey := 'v{{q}o)z${e]lur(amen[d>-_$#tavo}}'", 'v{{q}o)z${e]lur(amen[d>-_$#tavo}}'],
  ['if (secret !== "v{q}o)z{e]luramend") {', 'v{q}o)z{e]luramend'],
  // Attributes in either order, with blanks where XML allows them
  ['<add value="mK4!vb9zRq" name="ApiPassword"/>', 'mK4!vb9zRq'],
  ["<add value = 'mK4!vb9zRq' name = 'ApiPassword' />", 'mK4!vb9zRq'],
  ['<entry name = "password" >mK4vb9zRq</entry>', 'mK4vb9zRq'],
  ['<ID>jo</ID> <PW>mK4vb9zRq</PW>', 'mK4vb9zRq'],
  // As people write it down
  ['db user jo password mK4vb9Rq', 'mK4vb9Rq'],
  ['my password is 481zq09vb2k', '481zq09vb2k'],
  ['비밀번호 Kvb4mz!@', 'Kvb4mz!@'],
  ['putty -pw Kvb4mz!@ jo@192.0.2.7', 'Kvb4mz!@'],
  ['ID:jo/PASS:mK4vb9zRq', 'mK4vb9zRq'],
  ['192.0.2.7(ID:jo/PW:mK4vb9Rq2)', 'mK4vb9Rq2'],
  ['the token Kq7vB2mXr9Tz4w expires', 'Kq7vB2mXr9Tz4w'],
  ['Access Token Kq7vB2mXr9Tz4w', 'Kq7vB2mXr9Tz4w'],
  // Beside the user that it belongs to
  ['id/pw jo/mK4vb9Rq', 'mK4vb9Rq'],
  ['ID/PW(jo/mK4vb9Rq)', 'mK4vb9Rq'],
  ['User/Password -> jo // mK4vb9Rq', 'mK4vb9Rq'],
  ['id pw jo mK4vb9Rq', 'mK4vb9Rq'],
  ['Login: jo.doe/mK4#vb9q', 'mK4#vb9q'],
  ['ID jo PWD mK4vb9Rq', 'mK4vb9Rq'],
  ['ID:jo,PW mK4vb9Rq', 'mK4vb9Rq'],
  ['ID/PWD jo/mK4vb9Rq', 'mK4vb9Rq'],
  ['SRVID PW jo mK4vb9Rq', 'mK4vb9Rq'],
  ['계정/비번 jo/mK4vb9Rq', 'mK4vb9Rq'],
  ['IP/ID/PW 192.0.2.7/jo/mK4vb9Rq', 'mK4vb9Rq'],
  ['IP ID PW 192.0.2.7 jo mK4vb9Rq', 'mK4vb9Rq'],
  ['ID/Password for jo (jo.doe/mK4vb9Rq)', 'mK4vb9Rq'],
  // A slash between blanks leaves no doubt, whatever user and password are
  ['Credentials: jo / kR!vQz#mWp^Lt', 'kR!vQz#mWp^Lt'],
  ['Login/password: jo / x9K)fQ2!mPz7', 'x9K)fQ2!mPz7'],
  ['User/pass: jo / maple,x9K!fQ2mPz7', 'maple,x9K!fQ2mPz7'],
  ['Credentials: j / S3cret!x9Kq', 'S3cret!x9Kq'],
  ['Credentials: CORP\\jo / S3cret!x9Kq', 'S3cret!x9Kq'],
  // What looks like what stays
  ["SET user_password = N'kestrel'", 'kestrel'],
  ["SELECT OLD_PASSWORD('x9K!fQ2mPz7')", 'x9K!fQ2mPz7'],
  ["UPDATE u SET user_password = MD5('kestrel')", 'kestrel'],
  ["password = '/Xk9q/R7t@Pw2zL'", '/Xk9q/R7t@Pw2zL'],
  ['api_key="&lt;9fK2xQ7mV4tR8pLz&gt;"', '&lt;9fK2xQ7mV4tR8pLz&gt;'],
  // In brackets
  ['PASSWORD(mK4#vb9q)', 'mK4#vb9q'],
  ['id(jo)/pwd(mK4vb9Rq)', 'mK4vb9Rq'],
  ['비밀번호(mK4#vb9q)', 'mK4#vb9q'],
  ['비번(default:mK4#vb9q)', 'mK4#vb9q'],
  ['패스워드(mK4#vb9q)', 'mK4#vb9q'],
  ['the secret (Kq7vB2mXr9Tz4w)', 'Kq7vB2mXr9Tz4w'],
  ['비번은 mK4#vb9q', 'mK4#vb9q'],
  ['PW는mK4#vb9q', 'mK4#vb9q'],
  ['password설정은mK4#vb9q', 'mK4#vb9q'],
  // On the next line, and where others end it
  ['PASSWORD = \\\n    "mK4vb9Rq"', 'mK4vb9Rq'],
  ['<b onclick="alert(&quot;password:mK4vb9Rq&quot;)">', 'mK4vb9Rq'],
  ["secret[] = 'Kq7vB2mXr9Tz4w'", 'Kq7vB2mXr9Tz4w'],
  ['my_password_secure = "mK4#vb9q"', 'mK4#vb9q'],
  ['Authorization: Basic mK4vb9RqTz7wXp2LsD8hGc', 'mK4vb9RqTz7wXp2LsD8hGc'],
  // In tables of HTML
  ['<tr>\n<td>password\n</td>\n<td><pre>mK4#vb9q</pre></td>\n</tr>', 'mK4#vb9q'],
  ['<tr><th>user</th><th>password</th><th>role</th></tr>\n<tr><td>jo</td><td>mK4#vb9q</td><td>a</td></tr>', 'mK4#vb9q'],
  // Where a string of JSON begins
  ['{"content":"Kennwort: maplebirchdune"}', 'maplebirchdune'],
  // However it is spelt
  ['pasword: mK4vb9zRq', 'mK4vb9zRq'],
  ['if passowrd == "mK4vb9zRq":', 'mK4vb9zRq'],
  ['{"pswd":"mK4vb9zRq"}', 'mK4vb9zRq'],
  // Compared, in either order
  ['if ("Kestrel5!" == password) {', 'Kestrel5!'],
  ["if ('mK4!vb9q' !== user.password) {", 'mK4!vb9q'],
  ['"Kestrel5!".equals(password)', 'Kestrel5!'],
  ['if (password.equals("mK4vb9zRq")) {', 'mK4vb9zRq'],
  // Names that only mention it lead to what can be nothing else
  ['<password_field>v{{q}o)z${e]lur(amen[d>-_$#tavo</password_field>', 'v{{q}o)z${e]lur(amen[d>-_$#tavo'],
  ['<field value="v{q}o)z{e]luramend" name="password_field"/>', 'v{q}o)z{e]luramend'],
  ['apiKeyOfJo := "v{q}o)z{e]luramend"', 'v{q}o)z{e]luramend'],
  ['if (secret == "maplebirchdune") {', 'maplebirchdune'],
  // What stands in for a variable
  ['getenv("DB_PASSWORD", "KESTREL5Q")', 'KESTREL5Q'],
  // Names of Ruby and of Puppet
  ['set :acme_api_key, "Kq7vB2mXr9Tz4wLp3sD8"', 'Kq7vB2mXr9Tz4wLp3sD8'],
  ["profile::db::password: 'mK4#vb9q'", 'mK4#vb9q'],
  // What is sold to be typed in
  ['Activation key: QZKWS-XHDTR-VBGPR-FJTGU-KWMNX', 'QZKWS-XHDTR-VBGPR-FJTGU-KWMNX'],
  // Of npm, whatever it looks like
  ['//registry.corp.io/:_authToken=rhubarb-pie', 'rhubarb-pie'],
  // Signs that no variable has
  ['dbpwd=$kestrel@!d#ne', '$kestrel@!d#ne'],
  ['git+https://4be07a91d2c63f58e90ab17c4d86f235a71c0e9b@git.corp.io', '4be07a91d2c63f58e90ab17c4d86f235a71c0e9b'],
  // Letters and digits where others have hex
  ['mailchimp = "Kq7vB2mXr9Tz4wLp3sD8Hc1Nf6Yb5Rj0-us36"', 'Kq7vB2mXr9Tz4wLp3sD8Hc1Nf6Yb5Rj0-us36'],
  ['amzn.mws.k7vq2mxr-9tz4-wlp3-sd8h-c1nf6yb5rj0a', 'amzn.mws.k7vq2mxr-9tz4-wlp3-sd8h-c1nf6yb5rj0a'],
  ['amzn.mws.4EA38B7B-F563-7709-4BAE-87AEA16C6E84', 'amzn.mws.4EA38B7B-F563-7709-4BAE-87AEA16C6E84'],
  ['vck_aQ7vB2mXr9Tz4wLp3sD8Hc1Nf6Yb5Rj0Aek2', 'vck_aQ7vB2mXr9Tz4wLp3sD8Hc1Nf6Yb5Rj0Aek2'],
  // Blanks in a tag
  ['<db_password >mK4vb9zRq</db_password>', 'mK4vb9zRq'],
  // Other names, other connections
  ['pat = "Kq7v/B2mX+r9Tz4wLp3sD8hGc1Nf6Yb5Rj0Ae"', 'Kq7v/B2mX+r9Tz4wLp3sD8hGc1Nf6Yb5Rj0Ae'],
  ['{"pw": "mK4#vb9q"}', 'mK4#vb9q'],
  ["os.getenv('DBPW', 'mK4#vb9q')", 'mK4#vb9q'],
  ['git-pat="4be07a91d2c63f58e90ab17c4d86f235a71c0e9b"', '4be07a91d2c63f58e90ab17c4d86f235a71c0e9b'],
  ['sonar.github.oauth=4be07a91d2c63f58e90ab17c4d86f235a71c0e9b', '4be07a91d2c63f58e90ab17c4d86f235a71c0e9b'],
  ['Server=db; Uid=jo; Pwd=cedarwood; SslMode=Preferred;', 'cedarwood'],
])('reads %s', (text, secret) => {
  expect(mask(text).replace(/\[REDACTED:[a-z-]+#1\]/, () => secret)).toBe(text);
  expect(mask(text)).not.toContain(secret);
});

it.each([
  'r.keys&&(o.key=l),o){let',
  'pass:t})}}if(r.length>0){b.splice(1)',
  'o.key=r)}const{key:g,static:v}=o',
  '<input value="Reset password" name="reset"/>',
  '<option value="password-reset" name="action">',
  'if (password > limits.max) {',
  'default login anonymous password jo@site2',
  'the token Base64UrlEncoder expires',
  'Password OAuth2Client',
  'PASS: tests/K7-rounding2',
  'id/password (see docs/Setup2)',
  'password for jo: ',
  'Authorization: Basic YourEncodedCredentialsHere',
  'Authorization: Basic base64(user:password)',
  '<tr><td>password</td><td>the one you chose</td></tr>',
  '<tr><th>name</th><th>password</th></tr><tr><td>jo</td><td>string</td></tr>',
  'login: jo/main',
  'POST /passwords/reset (users/PasswordsController2)',
  'password(utf8Bytes)',
  'val hash = password(Pbkdf2Sha512)',
  'set_password(newPwd2Field)',
  'verifyPassword(oldPassw0rd2)',
  'id,varchar16\npassword,Varchar255\n',
  '<tr><td>token</td><td>1000000042</td></tr>',
  'BSA-2024-Conference-Proceedings-Vol2',
  'credentials: google(OAuth2Client9)',
  'credentials: azure/login@v2.1Beta',
  'login: docker.io/library:Node18Slim',
  'login: root@10.0.0.5:/opt/Build7Out',
  'telnet 192.0.2.1:8080/Cgi2Bin9',
  'git clone git@host:team/pass-store,v1.7.4Beta2',
  'src/llvm/passes: LoopUnroll/Unroll4xO2',
  'user id password hash Salt2Bcrypt10',
  'pat = r"(\\d{4})-(\\d{2})-(\\d{2})"',
  'pass OAuth2Client along',
  'telnet (port 23) towel/Blinken2',
  'assword: none',
  'if ("object" == password) {',
  'linkKey="ArrowDown2Shift1Ctrl"',
  'getenv("DB_PASSWORD", "DB_PASSWORD_OLD")',
  'set(password, "Kq7v!B2mX")',
  'Scope::ApiKey: nameOfAThing9',
  'License key: XXXXX-XXXXX-XXXXX-XXXXX-XXXXX',
  '//registry.corp.io/:_authToken=${NPM_TOKEN}',
  '//registry.corp.io/:_authToken=<your token>',
  'password=$USER@host',
  'authentication: "scram-sha-256"',
  'vck_read_config_v2_of_the_register_map_table',
  'assert "Kestrel5!" == name',
  '"newPassword2".equals(passwordField)',
  'password.equals(confirmed2)',
  'passwordPattern = "^(?=.*[a-z])(?=.*\\d)[^{}]{8,}$"',
  'secretName: "acme-tls-2f9c0b7e4d1a8c35e6b0"',
  'if (a.size <password > limits2) {',
  'invalid password jo mK4vb9Rq',
  'IP/ID/PW 192.0.2.7/docs/Setup2',
  'id/password for jo (see docs/Setup2)',
  'secret(nextToken2)',
  'pat = "src/app2/**/main"',
  '{"pw": "required"}',
])('does not read %s', (text) => {
  expect(mask(text)).toBe(text);
});
