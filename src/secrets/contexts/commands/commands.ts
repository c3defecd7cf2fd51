/** Where a command takes its secrets. Flags are told apart by case, and written with their hyphens. */
export interface Command {
  /** The first arguments it has then, for a name too short to stop at: one of them has to follow it. */
  readonly verbs?: readonly string[];
  /** Flags whose argument is a secret: `-p secret`, `--password=secret`, `/p:secret`; words without a hyphen as well. */
  readonly secret?: readonly string[];
  /** Flags to which the secret is glued, and only that way: `-psecret`. */
  readonly glued?: readonly string[];
  /** Flags whose argument is a user, one of the characters of `joint`, and a secret. */
  readonly pair?: readonly string[];
  readonly joint?: string;
  /** Flags whose argument is a name and what it is set to, a secret where the name says so: `--set db.password=…`. */
  readonly setting?: readonly string[];
  /** Words that make the flags mean that: `docker login -p`, but not `docker run -p`. */
  readonly after?: readonly string[];
  /**
   * Which of the words that are no flags is a secret, counted from one behind `word`, or behind the command: any, one
   * that looks drawn, one that is no plain word, where the command is a word of English too, or one behind a word that
   * names a secret.
   */
  readonly operand?: readonly {
    readonly word?: string;
    readonly place: number;
    readonly drawn?: boolean;
    readonly notPlain?: boolean;
    readonly named?: boolean;
  }[];
  /** Flags whose argument is what a `Cookie` header has. */
  readonly cookies?: readonly string[];
  /** A word of the shape `user/password@where`. */
  readonly login?: boolean;
  /** Flags without an argument, where all others that begin with one hyphen have one. */
  readonly switches?: readonly string[];
}

const words = (text: string) => text.split(' ');

const MYSQL: Command = { glued: ['-p'], secret: words('--password') };
const MONGO: Command = { secret: words('-p --password'), glued: ['-p'] };
const LDAP: Command = { secret: words('-w -s -a') };
const SAMBA: Command = { pair: words('-U --user'), joint: '%' };
const ORACLE: Command = { login: true };
const PUTTY: Command = { secret: words('-pw -pass') };
const REGISTRY: Command = { secret: words('-p --password --identity-token'), glued: ['-p'], after: ['login'] };
const JAVA_KEYS: Command = {
  secret: words('-storepass -keypass -srcstorepass -deststorepass -srckeypass -destkeypass --ks-pass --key-pass'),
};
const SQL_SERVER: Command = { secret: words('-P'), glued: ['-P'] };
const HTTPIE: Command = { pair: words('-a --auth'), joint: ':' };
const SEVEN_ZIP: Command = { glued: ['-p'], verbs: words('a e l t u x') };
const RAR: Command = { glued: words('-hp -p'), verbs: words('a e l t u x') };
const MOSQUITTO: Command = { secret: words('-P --pw') };
const SNMP: Command = { secret: words('-c -A -X') };
const REMOTE: Command = { secret: ['-p'] };
const WINDOWS_REMOTE: Command = { secret: words('-p /password /p -p:'), glued: ['-p:'] };

/**
 * The commands that take a secret as an argument. Those of a family have one entry: a name stands for every command
 * that begins with it (`mysql` for `mysqldump`).
 */
export const COMMANDS: Readonly<Record<string, Command>> = {
  curl: {
    pair: words('-u --user -U --proxy-user'),
    joint: ':',
    secret: words('--pass --oauth2-bearer --proxy-pass --tlspassword'),
    cookies: words('-b --cookie'),
  },
  wget: { secret: words('--password --http-password --http-passwd --ftp-password --proxy-password') },
  http: HTTPIE,
  https: HTTPIE,
  sshpass: { secret: ['-p'], glued: ['-p'] },
  plink: PUTTY,
  pscp: PUTTY,
  psftp: PUTTY,
  mysql: MYSQL,
  mysqladmin: { ...MYSQL, operand: [{ word: 'password', place: 1 }] },
  mariadb: MYSQL,
  mongo: MONGO,
  psexec: WINDOWS_REMOTE,
  winrs: WINDOWS_REMOTE,
  wmic: { secret: words('/password') },
  schtasks: { secret: words('/rp /p') },
  cmdkey: { secret: words('/pass') },
  xfreerdp: { secret: words('/p') },
  signtool: { secret: words('/p') },
  net: {
    operand: [
      { word: 'user', place: 2, notPlain: true },
      { word: '\\\\', place: 1, notPlain: true },
    ],
  },
  smbclient: SAMBA,
  rpcclient: SAMBA,
  smbget: SAMBA,
  winexe: SAMBA,
  ldap: LDAP,
  'redis-cli': { secret: words('-a --pass') },
  docker: REGISTRY,
  podman: REGISTRY,
  nerdctl: REGISTRY,
  buildah: REGISTRY,
  helm: { secret: words('-p --password'), setting: words('--set --set-string --set-literal') },
  skopeo: { pair: words('--creds --src-creds --dest-creds'), joint: ':' },
  oras: REGISTRY,
  kubectl: { secret: words('--token --password --docker-password'), pair: words('--from-literal'), joint: '=' },
  argocd: { secret: words('--password --auth-token --admin-password --current-password --new-password') },
  vault: {
    operand: [
      { word: 'login', place: 1, drawn: true },
      { word: 'unseal', place: 1, drawn: true },
    ],
  },
  htpasswd: { switches: words('-b') },
  openssl: {
    secret: words('-passin -passout -pass -password -k -K'),
    operand: [{ word: 'passwd', place: 1, notPlain: true }],
  },
  etcdctl: {
    pair: words('--user'),
    joint: ':',
    secret: words('--password'),
    operand: [{ word: 'put', place: 2, named: true }],
  },
  consul: { operand: [{ word: 'put', place: 2, named: true }] },
  dotnet: { operand: [{ word: 'set', place: 2, named: true }] },
  gpg: { secret: words('--passphrase') },
  az: { verbs: words('login keyvault'), secret: words('-p --password --value'), after: words('login set') },
  gh: { verbs: ['secret set'], secret: words('-b --body') },
  security: {
    secret: words('-w -p -P'),
    after: words('add-generic-password unlock-keychain create-keychain import'),
  },
  beeline: REMOTE,
  oc: { verbs: ['login'], secret: words('-p --password --token'), after: ['login'] },
  cf: {
    verbs: words('login auth'),
    secret: words('-p'),
    after: ['login'],
    operand: [{ word: 'auth', place: 2, notPlain: true }],
  },
  ibmcloud: { secret: words('-p --apikey'), after: ['login'] },
  doctl: { secret: words('-t --access-token') },
  bw: {
    verbs: words('unlock login'),
    operand: [
      { word: 'unlock', place: 1, notPlain: true },
      { word: 'login', place: 2, notPlain: true },
    ],
  },
  svn: { secret: words('--password') },
  '7z': SEVEN_ZIP,
  '7za': SEVEN_ZIP,
  '7zz': SEVEN_ZIP,
  rar: RAR,
  unrar: RAR,
  useradd: { secret: words('-p --password') },
  usermod: { secret: words('-p --password') },
  rclone: { secret: words('--password --pass'), operand: [{ word: 'obscure', place: 1 }] },
  nuget: {
    secret: words('-ApiKey -k --api-key -Password'),
    operand: [
      { word: 'push', place: 2, drawn: true },
      { word: 'setapikey', place: 1, drawn: true },
    ],
  },
  sqlcmd: SQL_SERVER,
  osql: SQL_SERVER,
  bcp: SQL_SERVER,
  ipmitool: { secret: ['-P'] },
  certutil: { secret: words('-p') },
  zip: { secret: ['-P'] },
  unzip: { secret: ['-P'], glued: ['-P'] },
  keytool: JAVA_KEYS,
  jarsigner: JAVA_KEYS,
  apksigner: JAVA_KEYS,
  snmp: SNMP,
  rabbitmqctl: {
    operand: [
      { word: 'add_user', place: 2 },
      { word: 'change_password', place: 2 },
      { word: 'authenticate_user', place: 2 },
    ],
  },
  ncftp: REMOTE,
  ncftpput: REMOTE,
  ncftpget: REMOTE,
  rdesktop: REMOTE,
  wpa_passphrase: { operand: [{ place: 2, notPlain: true }] },
  lftp: { pair: words('-u --user'), joint: ',' },
  sqlplus: ORACLE,
  expdp: ORACLE,
  impdp: ORACLE,
  sqlldr: ORACLE,
  mosquitto_pub: MOSQUITTO,
  mosquitto_sub: MOSQUITTO,
  'ssh-keygen': { secret: words('-N -P') },
  nmcli: { secret: words('password wifi-sec.psk 802-11-wireless-security.psk 802-1x.password') },
  twine: { secret: words('-p --password') },
  cqlsh: { secret: words('-p --password') },
  'evil-winrm': REMOTE,
  crackmapexec: REMOTE,
  netexec: REMOTE,
  hydra: REMOTE,
  medusa: REMOTE,
  smbmap: REMOTE,
  altool: REMOTE,
  racadm: REMOTE,
  rabbitmqadmin: REMOTE,
  expo: { verbs: ['login'], ...REMOTE },
  poetry: { ...REMOTE, after: ['publish'] },
  conan: { ...REMOTE, after: words('user login') },
  codecov: { secret: ['-t'] },
  keybase: { secret: ['--paperkey'] },
  radtest: { operand: [{ place: 2 }] },
  mc: {
    verbs: ['alias set', 'config host add'],
    operand: [
      { word: 'set', place: 4 },
      { word: 'add', place: 4 },
    ],
  },
  'convertto-securestring': {
    secret: words('-string'),
    operand: [{ place: 1 }],
    switches: words('-asplaintext -force'),
  },
};
