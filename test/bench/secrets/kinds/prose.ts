import type { Kind } from '../case.ts';
import { shaped } from './define.ts';
import { lowerCasePassword, password, strongPassword } from './passwords.ts';

/** Sentences and settings with a password in them, up to it and after it. */
const SENTENCES: Readonly<Record<string, readonly [before: string, after: string]>> = {
  'the-password-is': ['The admin password is ', ' - please rotate it.'],
  'password-is-quoted': ['Log in as root; the password is "', '".'],
  'password-is-code': ['The default password for `svc` is `', '`, see the wiki.'],
  'password-colon': ['Login: jo\nPassword: ', '\nURL: https://app.example.com'],
  'password-equals': ['use user=jo password=', ' for the staging box'],
  'password-set-to': ['I have set the database password to ', ' for now.'],
  'password-changed': ['Changed password from hunter to ', ' yesterday.'],
  'pw-short': ['pw: ', ' (same as last year)'],
  'pwd-short': ['wifi pwd = ', ''],
  passphrase: ['The passphrase for the key is ', '.'],
  'credentials-pair': ['Credentials: jo / ', ''],
  'login-with': ['You can log in with the password ', ' and change it later.'],
  german: ['Das Passwort lautet ', ' und gilt ab heute.'],
  french: ['mot de passe : ', ''],
  spanish: ['contraseña: ', ''],
  'german-label': ['Kennwort: ', ''],
  chinese: ['密码：', ''],
  japanese: ['パスワード: ', ''],
  russian: ['пароль: ', ''],
  'log-generated': ['[mysqld] A temporary password is generated for root@localhost: ', ''],
  'log-initial-admin': ['Please use the following password to proceed to installation:\n\n', '\n'],
  'log-created-user': ['created user "svc" with password "', '"'],
  'readme-list': ['- Username: `admin`\n- Password: `', '`'],
  'table-row': ['| admin | password | ', ' |'],
  comment: ['# hard-coded password ', ', which must go'],
};

/** Where a password may be of lower-case letters alone. */
const LOWER_CASE: Readonly<Record<string, readonly [before: string, after: string]>> = {
  env: ['DB_PASSWORD=', ''],
  'env-quoted': ['export MYSQL_ROOT_PASSWORD="', '"'],
  yaml: ['database:\n  user: svc\n  password: ', '\n  host: db'],
  json: ['{"user":"svc","password":"', '","host":"db"}'],
  'json-pass': ['{"user": "svc", "pass": "', '"}'],
  python: ["connect(user='svc', password='", "')"],
  javascript: ["const password = '", "';"],
  php: ["$db_password = '", "';"],
  'php-define': ["define('DB_PASSWORD', '", "');"],
  java: ['dataSource.setPassword("', '");'],
  properties: ['jdbc.password=', '\njdbc.user=svc'],
  ini: ['[client]\npassword = ', '\nuser = root'],
  xml: ['<password>', '</password>'],
  'xml-attribute': ['<user name="svc" password="', '"/>'],
  url: ['postgres://svc:', '@db.internal/app'],
  terraform: ['password = "', '"'],
  ruby: [":password => '", "',"],
  flag: ['deploy --user svc --password ', ' --host db'],
};

export const PROSE_KINDS: readonly Kind[] = [
  ...Object.entries(SENTENCES).map(([kind, [before, after]]) =>
    shaped(`prose-${kind}`, (random) => {
      const secret = random.pick([strongPassword, password])(random);
      return [`${before}${secret}${after}`, secret];
    }),
  ),
  ...Object.entries(LOWER_CASE).map(([kind, [before, after]]) =>
    shaped(`lower-case-${kind}`, (random) => {
      const secret = lowerCasePassword(random);
      return [`${before}${secret}${after}`, secret];
    }),
  ),
];
