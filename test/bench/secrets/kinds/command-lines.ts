import type { Kind } from '../case.ts';
import type { Random } from '../random.ts';
import { spell } from '../spell.ts';
import { shaped } from './define.ts';
import { password, strongPassword } from './passwords.ts';

/** Commands with a password in them, up to it and after it. */
const COMMANDS: Readonly<Record<string, readonly [before: string, after: string]>> = {
  'curl-u': ['curl -u admin:', ' https://api.example.com/v1/items'],
  'curl-user': ['curl -sS --user "jo:', '" https://api.example.com/me'],
  'curl-u-single': ["curl -X POST -u 'elastic:", "' http://localhost:9200/_search"],
  'curl-glued': ['curl -uadmin:', ' http://localhost:8080/api/json'],
  'curl-proxy-user': ['curl --proxy-user jo:', ' -x proxy:3128 https://example.com'],
  wget: ['wget --user=jo --password=', ' https://files.example.com/a.zip'],
  'wget-http': ['wget --http-user=jo --http-password=', ' https://files.example.com/a.zip'],
  httpie: ['http -a jo:', ' GET https://api.example.com/me'],
  mysql: ['mysql -h db -u root -p', ' shop < dump.sql'],
  'mysql-quoted': ["mysqldump -u root -p'", "' shop > dump.sql"],
  'mysql-long': ['mysql --user=root --password=', ' -e "show databases"'],
  mysqladmin: ['mysqladmin -u root password ', ''],
  sshpass: ['sshpass -p ', ' ssh deploy@example.com uptime'],
  'sshpass-quoted': ["sshpass -p '", "' scp app.tgz deploy@example.com:/srv"],
  'psql-env': ['PGPASSWORD=', ' psql -h db -U svc app'],
  'mysql-env': ['MYSQL_PWD=', ' mysql -u root'],
  'redis-cli': ['redis-cli -h cache -a ', ' ping'],
  mongosh: ['mongosh --host db -u svc -p ', ' --authenticationDatabase admin'],
  sqlcmd: ['sqlcmd -S sql -U sa -P ', ' -Q "select 1"'],
  sqlplus: ['sqlplus system/', '@//ora:1521/XEPDB1'],
  'docker-login': ['docker login -u jo -p ', ' registry.example.com'],
  'docker-login-long': ['podman login --username jo --password ', ' quay.io'],
  'docker-login-stdin': ['echo "', '" | docker login -u jo --password-stdin registry.example.com'],
  'az-login': ['az login --service-principal -u 7c1 -p ', ' --tenant acme'],
  'oc-login': ['oc login https://api.example.com:6443 -u admin -p ', ''],
  'cf-login': ['cf login -a https://api.example.com -u jo -p ', ' -o acme'],
  'openssl-pass': ['openssl rsa -in key.pem -passin pass:', ' -out plain.pem'],
  keytool: ['keytool -list -keystore app.jks -storepass ', ''],
  jarsigner: ['jarsigner -keystore app.jks -storepass ', ' app.jar release'],
  'zip-password': ['7z x backup.7z -p', ''],
  unzip: ['unzip -P ', ' backup.zip'],
  chpasswd: ['echo "jo:', '" | chpasswd'],
  'sudo-stdin': ['echo ', ' | sudo -S systemctl restart app'],
  useradd: ['echo root:', ' | sudo chpasswd'],
  'net-use': ['net use Z: \\\\nas\\share /user:jo ', ''],
  'net-user': ['net user jo ', ' /add'],
  psexec: ['psexec \\\\10.0.0.7 -u Administrator -p ', ' cmd'],
  ldapsearch: ['ldapsearch -x -D "cn=admin,dc=example,dc=com" -w ', ' -b dc=example,dc=com'],
  smbclient: ['smbclient //nas/share -U jo%', ''],
  rabbitmqctl: ['rabbitmqctl add_user worker ', ''],
  'htpasswd-b': ['htpasswd -b .htpasswd jo ', ''],
  'git-clone-password': ['svn checkout --username jo --password ', ' https://svn.example.com/app'],
  'ansible-extra': ['ansible-playbook site.yml -e "ansible_become_pass=', '"'],
  'secure-string': ['$secure = ConvertTo-SecureString "', '" -AsPlainText -Force'],
  'secure-string-single': ["ConvertTo-SecureString -String '", "' -AsPlainText -Force"],
  'network-credential': ['$cred = New-Object System.Net.NetworkCredential("jo", "', '")'],
  'powershell-password': ['Connect-VIServer -Server 10.0.0.7 -User root -Password ', ''],
  'expect-send': ['expect "assword:"\nsend "', '\\r"'],
  'vault-login': ['vault login -method=userpass username=jo password=', ''],
  'bw-unlock': ['bw unlock "', '" --raw --passwordenv=none'],
};

export const COMMAND_LINE_KINDS: readonly Kind[] = [
  ...Object.entries(COMMANDS).map(([kind, [before, after]]) =>
    shaped(`command-${kind}`, (random) => {
      const secret = argument(random);
      return [`${random.pick(['', '$ '])}${before}${secret}${after}`, secret];
    }),
  ),
  shaped('command-npm-login', (random) => {
    const secret = spell(random, '{uuid}');
    return [`npm config set //registry.example.com/:_authToken ${secret}`, secret];
  }),
  shaped('command-aws-configure', (random) => {
    const secret = spell(random, '{b64 40}');
    return [`aws configure set aws_secret_access_key ${secret} --profile prod`, secret];
  }),
  shaped('command-git-header', (random) => {
    const secret = spell(random, '{lownum 52}');
    return [`git -c http.extraheader="AUTHORIZATION: bearer ${secret}" fetch --all`, secret];
  }),
  shaped('command-nuget-push', (random) => {
    const secret = spell(random, 'oy2{lownum 43}');
    return [`dotnet nuget push app.nupkg --api-key ${secret} --source https://api.nuget.org/v3/index.json`, secret];
  }),
];

/** What needs no quotes in a command. */
function argument(random: Random): string {
  return random.pick([
    () => strongPassword(random).replaceAll(/[~^*!]/g, '_'),
    () => spell(random, '{alnum 16}'),
    () => password(random).replaceAll(/[!#*~^]/g, '-'),
  ])();
}
