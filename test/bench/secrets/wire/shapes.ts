/**
 * Where a secret stands, as tools, files and people write it: `%` stands for the value, as it is. What ends a value in
 * a notation is in none: see {@link ENDS}.
 */
export const SHAPES: Readonly<Record<string, string>> = {
  environment: 'DB_PASSWORD=%',
  YAML: 'db:\n  password: %\n  host: db',
  'a block of YAML': 'db:\n  password: |-\n    %\n  host: db',
  flag: 'app --password % --verbose',
  note: 'Password: %',
  XML: '<password>%</password>',
  properties: 'spring.datasource.password=%',
  'connection string': 'Server=db;User Id=sa;Password=%;Encrypt=True',
  'dump of Go': '{User:bob Password:% Host:db}',
  JVM: 'java -Ddb.password=% -jar a.jar',
  logfmt: 'level=info password=% host=db',
  'quoted in a shell': "docker run -e MYSQL_PASSWORD='%' mysql:8",
  'string of code': "const password = '%';",
  JSON: '{"user":"svc","password":"%"}',
  'JSON in JSON': '{"body":"{\\"password\\":\\"%\\"}"}',
  'name and value': '{"name":"DB_PASSWORD","value":"%"}',
  'value and name': '{"value":"%","name":"DB_PASSWORD"}',
  arguments: '["serve", "--password", "%"]',
  plan: '  ~ password = "Older#481zq" -> "%"',
  'table of psql': ' id | username | password\n----+----------+---------\n 1 | bob | %\n(1 row)',
  CSV: 'username,password,role\nbob,%,admin',
  'what PHP prints': '    [password] => %',
  SSM: '{"Name": "/prod/db/password", "Type": "SecureString", "Value": "%"}',
};

/** The signs that no value may have in a notation, unless it is in quotes there. */
export const ENDS: Readonly<Record<string, string>> = {
  'connection string': ';',
  CSV: ',',
  'table of psql': '|',
  XML: '<&',
};

/** What a whole shape may be wrapped in on its way, as a function of its text. */
export const WRAPPINGS: Readonly<Record<string, (text: string) => string>> = {
  bare: (text) => text,
  'log of a pod': (text) => prefixed(text, '[pod/api-7d9f/api] '),
  'log of a job': (text) => prefixed(text, '2026-06-20T09:27:57.8718342Z '),
  'cat -n': (text) => prefixed(text, '     7\t'),
  'a string of JSON': (text) => JSON.stringify({ stdout: `$ cat it\n${text}\n` }),
  percents: (text) => `body=${encodeURIComponent(text)}`,
  base64: (text) => `{"content":"${Buffer.from(`# of the service\n${text}\n`).toString('base64')}"}`,
};

function prefixed(text: string, margin: string): string {
  return text
    .split('\n')
    .map((line) => margin + line)
    .join('\n');
}
