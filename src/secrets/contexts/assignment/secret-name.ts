import { ALNUM, DIGITS, isIn, LOWER_ALNUM, LOWER_CASE, UPPER_CASE } from '../../scan/alphabets.ts';

/** What the name of a variable, field or flag says about its value. */
export interface SecretName {
  readonly kind: 'password' | 'secret' | 'token' | 'api-key';
  /** People choose passwords, machines choose the rest: only a password may be short or plain. */
  readonly chosenByPeople: boolean;
  /** Whether the name can hardly mean anything else: `pass` may be a test's result, and `pwd` a folder. */
  readonly isPlain: boolean;
  /** Whether only a value that can hardly be anything but a secret is one: most keys are indexes. */
  readonly isWeak?: true;
  /** Whether a UUID there tells a request or a lock from others, and lets nobody in. */
  readonly isHandle?: true;
  /** Whether nothing but digits is one there, six or more of them: fewer number what has legs. */
  readonly isPin?: true;
  /** Whether it only has the word in it, so that nothing but what is made up to be hard to guess is one there. */
  readonly isMention?: true;
}

const PASSWORD: SecretName = { kind: 'password', chosenByPeople: true, isPlain: true };
const PASS: SecretName = { kind: 'password', chosenByPeople: true, isPlain: false };
const PIN: SecretName = { ...PASSWORD, isPin: true };
const SECRET: SecretName = { kind: 'secret', chosenByPeople: false, isPlain: false };
/** What AWS and Azure keep for people, whatever it is. */
const SECRET_STRING: SecretName = { kind: 'secret', chosenByPeople: true, isPlain: true };
const TOKEN: SecretName = { kind: 'token', chosenByPeople: false, isPlain: false };
const API_KEY: SecretName = { kind: 'api-key', chosenByPeople: false, isPlain: false };
/** What a request is repeated or a resource is locked with; a token that lets in is called the same. */
const HANDLE: SecretName = { ...TOKEN, isHandle: true };
const SOME_KEY: SecretName = { kind: 'api-key', chosenByPeople: false, isPlain: false, isWeak: true };
const MENTION: SecretName = { ...SECRET, isWeak: true, isMention: true };
const MENTIONS = /pass(?:word|wd|phrase)|secret|api_?key|private_?key/i;

/** Names whose last word is one of these hold a secret. */
const LAST_WORDS: Readonly<Record<string, SecretName>> = {
  password: PASSWORD,
  passwd: PASSWORD,
  passphrase: PASSWORD,
  passcode: PASSWORD,
  passwort: PASSWORD,
  senha: PASSWORD,
  kennwort: PASSWORD,
  passe: PASSWORD,
  authtok: PASSWORD,
  pass: PASS,
  pwd: PASS,
  pw: PASS,
  bindpw: PASSWORD,
  rootpw: PASSWORD,
  psk: PASSWORD,
  pin: PIN,
  requirepass: PASSWORD,
  masterauth: PASSWORD,
  secret: SECRET,
  secrets: SECRET,
  clientsecret: SECRET,
  cred: SECRET,
  credential: SECRET,
  credentials: SECRET,
  creds: SECRET,
  auth: SECRET,
  oauth: SECRET,
  authentication: SECRET,
  authorization: SECRET,
  token: TOKEN,
  pat: TOKEN,
  appkey: API_KEY,
  authkey: TOKEN,
  authtoken: TOKEN,
  accesstoken: TOKEN,
  refreshtoken: TOKEN,
  apitoken: TOKEN,
  bearer: TOKEN,
  apikey: API_KEY,
  accesskey: API_KEY,
  secretkey: API_KEY,
  privatekey: API_KEY,
};

/** A key is surely a secret when one of these says so. */
const KEY_QUALIFIERS = new Set(
  'authentication activation api access secret private preshared encryption signing signature security master account auth shared admin service license client session webhook jwt app application storage deploy deployment subscription unseal recovery stream hmac aes crypto cipher integration ingest ingestion insert write read server project team personal product maps merchant rest function sas validation decryption machine'.split(
    ' ',
  ),
);

/** Keys that are indexes, names or public. */
const OTHER_KEYS = new Set(
  'cache partition sort index hash range object bucket file idempotency lookup row column map dict dictionary unique composite group shard dedup dedupe translation locale message event metric feature flag issue ticket press arrow fingerprint gpg pgp ssh host site publishable cookie turbo etag state sibling parent child react list item node socket tree pair key by the a this that each any every same which no of for with json yaml path dependency task job step build artifact restore commit integrity version'.split(
    ' ',
  ),
);

/** Words that turn a name into something else: a limit, a page, a model's vocabulary, a caption. */
const OTHER_MEANINGS = new Set(
  'change starting resume paging idempotency lifecycle action output input request pagination verification max min num count total public primary foreign next previous page continuation cancellation cancel pad eos bos unk sep cls mask stop special label hint error invalid forgot'.split(
    ' ',
  ),
);

/** Words that may follow without changing what the value is. */
const TRAILING_WORDS = new Set(
  'confirmation data value base64 b64 plain raw base production prod staging secure v'.split(' '),
);

/** Words before `pass` and `pwd` that leave no doubt about them. */
const PASS_QUALIFIERS = new Set(
  'my ssh become sudo db database smtp mail email imap pop mysql mariadb postgres pg sql redis mongo ftp sftp ldap admin root user login account remote wifi vpn proxy basic'.split(
    ' ',
  ),
);

/** Passwords in other alphabets, which are no words to {@link wordsOf}. */
export const FOREIGN_PASSWORDS = [
  'wachtwoord',
  'parola',
  'hasło',
  'heslo',
  'contraseña',
  'пароль',
  'lösenord',
  'jelszó',
  'şifre',
  'パスワード',
  '비밀번호',
  '패스워드',
  '비번',
  '암호',
  '密码',
  '密碼',
];

/** The same written as one word: `smtppass`, `dbpwd`. */
const QUALIFIED_PASS = /^([a-z]+)(?:pass|pwd|pw)$/;
const FOREIGN_ENDS = new Set(FOREIGN_PASSWORDS.map((word) => word.at(-1)));

/** However it is spelt: `pasword`, `passowrd`, `pswd`. */
const ENDS_LIKE_PASSWORD = /(?:p[as]*(?:w(?:or|ro)|owr)s?d|p[as]+wr?d|passwd|passphrase|userpwd)$/;
/** Words written as one: `jwtsecret`, `apitoken`. */
const TELLING_ENDING = /^(.+)(secret|token|apikey|secretkey|accesskey|privatekey)$/;

/** Tokens named so are often no secrets. */
const HANDLES = new Set(['lock', 'client', 'creator', 'cancel', 'operation', 'transaction', 'sync', 'request']);

const VAULTS = new Set(['bw', 'op']);

const MAX_REMEMBERED = 2000;
const remembered = new Map<string, SecretName | null>();

/** What `name` promises, or null: `dbPassword` and `AWS_SECRET_ACCESS_KEY` do, `max_tokens` and `secretName` do not. */
export function secretNameOf(name: string): SecretName | null {
  const known = remembered.get(name);
  if (known !== undefined) return known;
  const answer = classify(name);
  // Names come from the text, so that hostile text could fill the memory.
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(name, answer);
  return answer;
}

/** The same of a name that has the word for one in it and goes on, as `passwordField` does. */
export function mentionIn(name: string): SecretName | null {
  return MENTIONS.test(name) ? MENTION : null;
}

function classify(name: string): SecretName | null {
  if (FOREIGN_ENDS.has(name.at(-1)) && FOREIGN_PASSWORDS.some((word) => name.endsWith(word))) return PASSWORD;
  const words = wordsOf(name);
  while (words.length > 1 && TRAILING_WORDS.has(words.at(-1) ?? '')) words.pop();
  const last = words.at(-1);
  if (last === undefined || words.some((word) => OTHER_MEANINGS.has(word))) return null;
  if (isVaultSession(words)) return TOKEN;
  if (words.at(-2) === 'secret' && last === 'string') return SECRET_STRING;
  if (last === 'key') return isPreShared(words) ? PASSWORD : keyWith(words.at(-2));
  if (last === 'phrase' && words.at(-2) === 'pass') return PASSWORD;
  if (last === 'token' && HANDLES.has(words.at(-2) ?? '')) return HANDLE;
  if (ENDS_LIKE_PASSWORD.test(last)) return PASSWORD;
  if ((last === 'pass' || last === 'pwd') && PASS_QUALIFIERS.has(words.at(-2) ?? '')) return PASSWORD;
  if (PASS_QUALIFIERS.has(QUALIFIED_PASS.exec(last)?.[1] ?? '')) return PASSWORD;
  const ending = TELLING_ENDING.exec(last);
  if (ending !== null && !OTHER_MEANINGS.has(ending[1] ?? '')) return LAST_WORDS[ending[2] ?? ''] ?? null;
  return Object.hasOwn(LAST_WORDS, last) ? (LAST_WORDS[last] ?? null) : null;
}

/** `BW_SESSION`, `OP_SESSION_my`: what unlocks the vaults of Bitwarden and 1Password. */
function isVaultSession(words: readonly string[]): boolean {
  const at = words.indexOf('session');
  return at > 0 && VAULTS.has(words[at - 1] ?? '') && words.length - at <= 2 && words.at(-1) !== 'id';
}

/** `pre-shared-key`, `PreSharedKey`: what two people agree on. */
function isPreShared(words: readonly string[]): boolean {
  const qualifier = words.at(-2);
  return qualifier === 'preshared' || (qualifier === 'shared' && words.at(-3) === 'pre');
}

function keyWith(qualifier: string | undefined): SecretName | null {
  if (qualifier === undefined || OTHER_KEYS.has(qualifier)) return null;
  return KEY_QUALIFIERS.has(qualifier) ? API_KEY : SOME_KEY;
}

/** `clientSecretKey2` as `client`, `secret`, `key`. */
function wordsOf(name: string): string[] {
  const words: string[] = [];
  let start = 0;
  for (let index = 0; index <= name.length; index += 1) {
    const code = name.charCodeAt(index);
    const isPart = isIn(ALNUM, code);
    if (isPart && !(isIn(UPPER_CASE, code) && beginsHump(name, index))) continue;
    if (index > start) words.push(wordOf(name.slice(start, index).toLowerCase()));
    start = isPart ? index : index + 1;
  }
  return words.filter((word) => word !== '');
}

/** Whether a capital begins a word: behind a small letter or a digit, and the last of several before a small one. */
function beginsHump(name: string, index: number): boolean {
  const previous = name.charCodeAt(index - 1);
  return isIn(LOWER_ALNUM, previous) || (isIn(UPPER_CASE, previous) && isIn(LOWER_CASE, name.charCodeAt(index + 1)));
}

/** A word without the number behind it, and the `s3` before it. */
function wordOf(word: string): string {
  if (word === 'base64' || word === 'b64') return word;
  let end = word.length;
  while (end > 0 && isIn(DIGITS, word.charCodeAt(end - 1))) end -= 1;
  return word.slice(end > 2 && word.startsWith('s3') ? 2 : 0, end);
}
