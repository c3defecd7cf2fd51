import { createHash } from 'node:crypto';
import type { Kind } from '../case.ts';
import { ALNUM } from '../random.ts';
import { spell } from '../spell.ts';
import { shaped } from './define.ts';
import { base64Of } from './encode.ts';
import { addressPassword, password, strongPassword } from './passwords.ts';
import { pem } from './pem.ts';

/** The alphabet of salted password hashes. */
const CRYPT = `./${ALNUM}`;

export const CONFIG_FILE_KINDS: readonly Kind[] = [
  shaped('netrc', (random) => {
    const secret = password(random);
    return [`machine api.example.net login ci password ${secret}\nmachine other.example.net login jo`, secret];
  }),
  shaped('netrc-lines', (random) => {
    const secret = password(random);
    return [`machine git.example.com\n  login ci\n  password ${secret}\n`, secret];
  }),
  shaped('git-credentials', (random) => {
    const secret = addressPassword(random);
    return [`https://jo:${secret}@git.example.com\nhttps://git.example.org\n`, secret];
  }),
  shaped('htpasswd-apr1', (random) => {
    const secret = random.draw(22, CRYPT);
    return [`admin:$apr1$${random.draw(8, CRYPT)}$${secret}\n`, secret];
  }),
  shaped('htpasswd-bcrypt', (random) => {
    const secret = random.draw(53, CRYPT);
    return [`jo:$2y$10$${secret}\n`, secret];
  }),
  shaped('htpasswd-sha', (random) => {
    const secret = createHash('sha1').update(strongPassword(random)).digest('base64');
    return [`svc:{SHA}${secret}\n`, secret];
  }),
  shaped('shadow', (random) => {
    const secret = random.draw(86, CRYPT);
    return [`daemon:*:19000:0:99999:7:::\nroot:$6$${random.draw(16, CRYPT)}$${secret}:19500:0:99999:7:::`, secret];
  }),
  shaped('shadow-yescrypt', (random) => {
    const secret = random.draw(43, CRYPT);
    return [`jo:$y$j9T$${random.draw(22, CRYPT)}$${secret}:19500:0:99999:7:::`, secret];
  }),
  shaped('kubeconfig-key', (random) => {
    const secret = base64Of(pem(random, 'RSA ', 10).text);
    return [
      `users:\n- name: admin\n  user:\n    client-certificate-data: LS0tLS1CRUdJTiBDRVJU\n    client-key-data: ${secret}\n`,
      secret,
    ];
  }),
  shaped('kubeconfig-token', (random) => {
    const secret = spell(random, '{alnum 40}');
    return [`users:\n- name: ci\n  user:\n    token: ${secret}\ncurrent-context: prod`, secret];
  }),
  shaped('kubeconfig-basic', (random) => {
    const secret = password(random);
    return [`users:\n- name: admin\n  user:\n    username: admin\n    password: ${secret}\n`, secret];
  }),
  shaped('kubernetes-secret-data', (random) => {
    const [first, second] = [base64Of(password(random)), base64Of(spell(random, '{alnum 32}'))];
    const data = `  password: ${first}\n  api-key: ${second}`;
    return [`apiVersion: v1\nkind: Secret\nmetadata:\n  name: app\ntype: Opaque\ndata:\n${data}\n`, first, second];
  }),
  shaped('kubernetes-secret-plain-names', (random) => {
    const [first, second] = [base64Of(password(random)), base64Of(`dsn=${strongPassword(random)}`)];
    const data = `  db: ${first}\n  config.ini: ${second}`;
    return [`apiVersion: v1\ndata:\n${data}\nkind: Secret\nmetadata:\n  name: app\n`, first, second];
  }),
  shaped('kubernetes-secret-string-data', (random) => {
    const secret = password(random);
    return [`kind: Secret\nmetadata:\n  name: app\nstringData:\n  username: svc\n  password: ${secret}\n`, secret];
  }),
  shaped('kubernetes-secret-json', (random) => {
    const secret = base64Of(strongPassword(random));
    return [`{"kind":"Secret","apiVersion":"v1","metadata":{"name":"app"},"data":{"db-password":"${secret}"}}`, secret];
  }),
  shaped('docker-pull-secret', (random) => {
    const secret = base64Of(
      JSON.stringify({ auths: { 'r.example.com': { auth: base64Of(`ci:${strongPassword(random)}`) } } }),
    );
    return [`kind: Secret\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: ${secret}\n`, secret];
  }),
  shaped('docker-secret-compose', (random) => {
    const secret = password(random);
    return [`services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: ${secret}\n`, secret];
  }),
  shaped('helm-values', (random) => {
    const secret = password(random);
    return [`postgresql:\n  auth:\n    username: svc\n    password: "${secret}"\n    database: app`, secret];
  }),
  shaped('jenkins-credentials', (random) => {
    const secret = `{AQAAABAAAAA${spell(random, '{b64 60}')}=}`;
    return [`<username>ci</username>\n<password>${secret}</password>\n<usernameSecret>false</usernameSecret>`, secret];
  }),
  shaped('jenkins-token', (random) => {
    const secret = spell(random, '11{hex 32}');
    return [`<hudson.plugins.git.UserRemoteConfig>\n  <apiToken>${secret}</apiToken>\n`, secret];
  }),
  shaped('filezilla', (random) => {
    const secret = base64Of(password(random));
    return [
      `<Server>\n  <Host>ftp.example.com</Host>\n  <User>jo</User>\n  <Pass encoding="base64">${secret}</Pass>\n</Server>`,
      secret,
    ];
  }),
  shaped('filezilla-plain', (random) => {
    const secret = password(random);
    return [`<Server><Host>ftp.example.com</Host><User>jo</User><Pass>${secret}</Pass></Server>`, secret];
  }),
  shaped('wp-config', (random) => {
    const secret = password(random);
    return [
      `define( 'DB_USER', 'wp' );\ndefine( 'DB_PASSWORD', '${secret}' );\ndefine( 'DB_HOST', 'localhost' );`,
      secret,
    ];
  }),
  shaped('wp-salts', (random) => {
    const [first, second] = [
      random.draw(64, `${ALNUM}!@#%^*()-_ []{}<>~+=,.;:/?|`),
      random.draw(64, `${ALNUM}!@#%^*()-_+=`),
    ];
    return [`define('AUTH_KEY',         '${first}');\ndefine('NONCE_SALT',       '${second}');`, first, second];
  }),
  shaped('joomla', (random) => {
    const [secret, key] = [password(random), spell(random, '{alnum 16}')];
    return [
      `class JConfig {\n  public $user = 'joomla';\n  public $password = '${secret}';\n  public $secret = '${key}';\n}`,
      secret,
      key,
    ];
  }),
  shaped('drupal', (random) => {
    const salt = spell(random, '{url 74}');
    return [`$settings['hash_salt'] = '${salt}';`, salt];
  }),
  shaped('tomcat-users', (random) => {
    const secret = password(random);
    return [`<user username="admin" password="${secret}" roles="manager-gui"/>`, secret];
  }),
  shaped('web-config-machine-key', (random) => {
    const [validation, decryption] = [spell(random, '{HEX 128}'), spell(random, '{HEX 48}')];
    return [
      `<machineKey validationKey="${validation}" decryptionKey="${decryption}" validation="SHA1" />`,
      validation,
      decryption,
    ];
  }),
  shaped('ldap-bind', (random) => {
    const secret = password(random);
    return [`uri ldap://ldap.example.com\nbinddn cn=admin,dc=example,dc=com\nbindpw ${secret}\n`, secret];
  }),
  shaped('ldap-root', (random) => {
    const secret = password(random);
    return [`rootdn "cn=Manager,dc=example,dc=com"\nrootpw ${secret}`, secret];
  }),
  shaped('snmp-community', (random) => {
    const secret = strongPassword(random);
    return [`rocommunity ${secret} 10.0.0.0/8\nsyslocation rack 7`, secret];
  }),
  shaped('cisco-snmp', (random) => {
    const secret = strongPassword(random);
    return [`snmp-server community ${secret} RO`, secret];
  }),
  shaped('cisco-enable', (random) => {
    const secret = `$1$${random.draw(4, CRYPT)}$${random.draw(22, CRYPT)}`;
    return [`hostname core1\nenable secret 5 ${secret}\nno ip http server`, secret];
  }),
  shaped('cisco-type7', (random) => {
    const secret = spell(random, '0{dig 1}{HEX 20}');
    return [`username admin privilege 15 password 7 ${secret}`, secret];
  }),
  shaped('radius-secret', (random) => {
    const secret = password(random);
    return [`client switches {\n\tipaddr = 10.0.0.0/8\n\tsecret = ${secret}\n}`, secret];
  }),
  shaped('wpa-supplicant', (random) => {
    const secret = password(random);
    return [`network={\n\tssid="home"\n\tpsk="${secret}"\n}`, secret];
  }),
  shaped('ipsec-secrets', (random) => {
    const secret = password(random);
    return [`203.0.113.7 %any : PSK "${secret}"`, secret];
  }),
  shaped('smb-credentials', (random) => {
    const secret = password(random);
    return [`username=jo\npassword=${secret}\ndomain=ACME\n`, secret];
  }),
  shaped('sssd', (random) => {
    const secret = password(random);
    return [`[domain/example.com]\nldap_default_authtok_type = password\nldap_default_authtok = ${secret}`, secret];
  }),
  shaped('boto-config', (random) => {
    const secret = spell(random, '{b64 40}');
    return [`[Credentials]\ngs_oauth2_refresh_token = 1\naws_secret_access_key = ${secret}`, secret];
  }),
  shaped('grafana-ini', (random) => {
    const secret = password(random);
    return [`[security]\nadmin_user = admin\nadmin_password = ${secret}\n;secret_key =`, secret];
  }),
  shaped('sftp-config', (random) => {
    const secret = password(random);
    return [
      `{\n    "type": "sftp",\n    "host": "example.com",\n    "user": "jo",\n    "password": "${secret}",\n    "port": "22"\n}`,
      secret,
    ];
  }),
  shaped('robomongo', (random) => {
    const secret = password(random);
    return [`"credentials" : [{ "userName" : "svc", "userPassword" : "${secret}", "enabled" : true }]`, secret];
  }),
  shaped('mcp-config', (random) => {
    const secret = spell(random, '{alnum 40}');
    return [
      `{"mcpServers":{"acme":{"command":"npx","args":["-y","acme-mcp"],"env":{"ACME_API_KEY":"${secret}"}}}}`,
      secret,
    ];
  }),
  shaped('mcp-headers', (random) => {
    const secret = spell(random, '{alnum 40}');
    return [`{"type":"http","url":"https://mcp.example.com","headers":{"Authorization":"Bearer ${secret}"}}`, secret];
  }),
  shaped('gh-hosts', (random) => {
    const secret = spell(random, 'gho_{alnum 36}');
    return [`github.com:\n    user: jo\n    oauth_token: ${secret}\n    git_protocol: https\n`, secret];
  }),
];
