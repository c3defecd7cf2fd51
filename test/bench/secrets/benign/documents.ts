import { spell } from '../spell.ts';
import type { LookAlikes } from './look-alikes.ts';

/** Prose, documentation, logs and settings around secrets, without any. */
export const DOCUMENTS: LookAlikes = {
  'password-rules': () =>
    'Your password must be at least 12 characters long and contain a symbol. Reset your token under Settings > API keys.',
  'password-incorrect': () =>
    'The password is incorrect. The token is invalid or has expired. The secret is stored in the vault.',
  'password-asked': () => 'Enter password: \nConfirm password: \npasswd: password updated successfully',
  'password-policy': () => 'Password: required, minimum 8 characters\nToken: optional',
  'markdown-options': () => '| `apiKey` | string | Required. Secret key used to sign requests |',
  'markdown-heading': () => '## Password: how to reset it\n\n### API key authentication',
  'markdown-link': () =>
    'See [Creating a token](https://docs.github.com/en/authentication/creating-a-personal-access-token).',
  'basic-docs': () => 'HTTP Basic authentication uses username:password encoded in base64.',
  'bearer-docs': () =>
    'Send the header `Authorization: Bearer` followed by your access token. Bearer authentication is required.',
  'cli-help': () =>
    '  -p, --password string      password for the registry\n      --token string         API token (default $TOKEN)\n  -u, --user name:password   server user and password',
  'cli-usage': () => 'usage: mysql [-u user] [-p[password]] [--token=TOKEN] [database]',
  'openapi-schema': () =>
    'password:\n  type: string\n  format: password\n  minLength: 12\n  description: The password of the user\napiKey:\n  type: apiKey\n  in: header\n  name: X-Api-Key',
  'openapi-security': () =>
    '"securitySchemes": {"bearerAuth": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}',
  'json-schema': () =>
    '"properties": {"password": {"type": "string"}, "token": {"$ref": "#/$defs/token"}}, "required": ["password"]',
  'oauth-endpoints': () =>
    'token_endpoint: https://login.example.com/oauth2/v2.0/token\njwks_uri: https://login.example.com/keys',
  'oauth-scopes': () =>
    '"token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "private_key_jwt"]',
  'html-input': () =>
    '<input type="password" name="password" id="user_password" autocomplete="current-password" placeholder="Password">',
  'html-form': () => '<label for="token">Access token</label><input id="token" name="access_token" value="">',
  'html-csrf-param': () => '<meta name="csrf-param" content="authenticity_token">',
  'log-auth-failed': () => '2026-03-04T05:06:07Z WARN auth: invalid password for user admin from 10.0.0.5:52344',
  'log-sshd': () => 'sshd[7]: Failed password for invalid user admin from 203.0.113.7 port 52344 ssh2',
  'log-token-refreshed': () => 'INFO token refreshed successfully, expires_in=3600 scope=read:user',
  'log-token-count': () => 'Total tokens: 18234 (prompt 17000, completion 1234)',
  'log-secret-mounted': () => 'Mounted secret "db-credentials" at /var/run/secrets/db; key: password',
  'log-access': (random) =>
    `10.0.0.7 - jo [04/Mar/2026:05:06:07 +0000] "POST /oauth/token HTTP/1.1" 200 ${random.int(100, 9999)} "-" "curl/8.5.0"`,
  'log-json': (random) =>
    `{"level":"info","msg":"password reset requested","user_id":${random.int(1, 99999)},"token_type":"reset","duration_ms":12}`,
  'stack-javascript': () =>
    '    at Object.verifyToken (/app/node_modules/jsonwebtoken/verify.js:190:21)\n    at AuthGuard.canActivate (/app/dist/auth/auth.guard.js:33:14)',
  'stack-python': () =>
    'File "/usr/lib/python3.11/site-packages/requests/auth.py", line 147, in get_password\nKeyError: \'api_key\'',
  'stack-java': () =>
    '\tat org.springframework.security.authentication.UsernamePasswordAuthenticationToken.<init>(UsernamePasswordAuthenticationToken.java:71)',
  'compiler-error': () =>
    "src/auth.ts(12,7): error TS2322: Type 'string | undefined' is not assignable to type 'Password'.",
  'claude-usage': (random) =>
    `{"usage":{"input_tokens":${random.int(1, 9999)},"cache_creation_input_tokens":${random.int(1, 99999)},"cache_read_input_tokens":${random.int(1, 999999)},"output_tokens":987,"service_tier":"standard"}}`,
  'model-config': () => 'max_tokens: 4096, stop_token_ids: [151643, 151645], num_key_value_heads: 8, hidden_size: 4096',
  'tokenizer-config': () =>
    '{"added_tokens_decoder":{"0":{"content":"<unk>","special":true}},"bos_token":"<s>","tokenizer_class":"LlamaTokenizer"}',
  'kubernetes-secret-reference': () => 'valueFrom:\n  secretKeyRef:\n    name: db-credentials\n    key: password',
  'kubernetes-secret-name': () => 'secretName: wildcard-example-com-tls',
  'kubernetes-get-secrets': () =>
    'NAME             TYPE     DATA   AGE\ndb-credentials   Opaque   2      41d\nregistry-token   Opaque   1      41d',
  'compose-secrets': () =>
    'secrets:\n  db_password:\n    file: ./db_password.txt\nservices:\n  db:\n    secrets: [db_password]',
  'nginx-key-path': () =>
    'ssl_certificate_key /etc/nginx/ssl/example.com.key;\nauth_basic_user_file /etc/nginx/.htpasswd;',
  'ssh-config': () =>
    'Host github.com\n  IdentityFile ~/.ssh/id_ed25519\n  PasswordAuthentication no\n  PubkeyAuthentication yes',
  'eslint-rules': () => '"no-secrets/no-secrets": ["error", {"tolerance": 4.2}], "password-label/enforce": "off"',
  'package-names': () => '"keytar": "7.9.0", "passport-jwt": "4.0.1", "js-tokens": "4.0.0", "secret-stack": "6.4.0"',
  'feature-flags': () =>
    '{"password_login": true, "token_rotation": "enabled", "secret_scanning": "weekly", "api_key_ttl": 86400}',
  'csv-header': () => 'id,username,password_hash,api_key,created_at\n',
  'ls-la': () => '-rw-r--r-- 1 jo jo  1679 Jan  2 03:04 id_rsa.pub\n-rw------- 1 jo jo   411 Jan  2 03:04 secrets.yml',
  'file-tree': () => 'src/\n├── auth/\n│   ├── password.ts\n│   ├── token-store.ts\n│   └── secret-key.spec.ts',
  'url-plain': () => 'postgres://localhost:5432/app redis://cache:6379/0 https://example.com:8443/login',
  'url-user-only': () =>
    'git clone ssh://git@github.com:22/acme/app.git && git remote add up git@gitlab.com:acme/app.git',
  'url-query': () => 'https://example.com/search?q=password+manager&sort=key&token_type=bearer&page=2',
  'url-encoded': () =>
    'https://example.com/cb?redirect_uri=https%3A%2F%2Fapp.example.com%2Ftoken&response_type=code&scope=openid',
  'mail-address': () => 'From: Password Reset <no-reply+token@example.com>\nSubject: Your password was changed',
  'time-and-ratio': () => 'at 05:06:07 the ratio key:value was 16:9, see note 3:14 and std::string::npos',
  'commit-message': () => 'fix(auth): do not log the token when the password is wrong (#1234)',
  changelog: () => '- Password hashing now uses argon2id; `secretKey` is deprecated in favour of `signingKey`.',
  'cookie-consent': () => 'Cookie: theme=dark; lang=en; cookie_consent=accepted',
  'set-cookie-cleared': () => 'Set-Cookie: session=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly',
  'cors-headers': () => 'Access-Control-Allow-Headers: Authorization, X-Api-Key, X-Auth-Token, Content-Type',
  'www-authenticate': () =>
    'WWW-Authenticate: Bearer realm="api", error="invalid_token", error_description="The token expired"',
  'vim-keys': () => 'keybinding: ctrl+shift+k, key: "Escape", hotkey = Alt+F4',
  'keyboard-keys': () => '<kbd>Ctrl</kbd>+<kbd>K</kbd> opens the key picker; press any key: continue',
  'react-key': (random) =>
    `{items.map((item) => <li key={item.id} data-key="row-${random.int(1, 99)}">{item.name}</li>)}`,
  'primary-keys': () =>
    'primary_key: id, foreign_key: user_id, partition_key: tenant, sort_key: created_at, key_name: main',
  'math-tokens': () => 'token/s: 48.2, tokens_per_second=51, time to first token = 312 ms',
  'yaml-anchors': () => 'defaults: &defaults\n  key: &key value\nproduction:\n  <<: *defaults\n  secret_backend: vault',
  'ansible-no-log': () =>
    "- name: Set password\n  user:\n    name: svc\n    password: \"{{ lookup('password', '/dev/null') }}\"\n  no_log: true",
  hexdump: (random) => spell(random, '00000010: {hex 4} {hex 4} {hex 4} {hex 4} {hex 4} {hex 4}  ........key.....'),
  'ps-aux': () => 'jo   4711  0.1  0.3 postgres: password authentication for app 10.0.0.7(52344) idle',
};
