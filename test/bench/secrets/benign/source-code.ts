import type { LookAlikes } from './look-alikes.ts';

/** Code that talks of secrets. */
export const SOURCE_CODE: LookAlikes = {
  'typescript-signature': () =>
    'async function signIn(password: string, apiKey: ApiKeyProvider): Promise<TokenResponse> {',
  'typescript-interface': () =>
    'interface Credentials {\n  readonly username: string;\n  readonly password: string;\n  token?: string;\n}',
  'typescript-member': () => 'const password = req.body.password; const token = await getToken(session.accessToken);',
  'typescript-enum': () => "enum TokenType { Access = 'access_token', Refresh = 'refresh_token', Bearer = 'bearer' }",
  'typescript-zod': () => 'z.object({ password: z.string().min(12), apiKey: z.string().optional() })',
  'typescript-union': () => "type SecretKind = 'password' | 'token' | 'api_key' | 'private_key';",
  'javascript-env': () => 'const apiKey = process.env.ANTHROPIC_API_KEY;',
  'javascript-optional': () => 'const token = options?.auth?.token ?? config.get("token");',
  'javascript-template': () => 'headers: { Authorization: `Bearer ${accessToken}` }',
  'javascript-shorthand': () => 'return login({ username, password, token });',
  'javascript-compare': () => 'if (password === confirmPassword && token !== expectedToken) return',
  'javascript-regex': () => 'const RE = /sk-ant-[a-z0-9]+-[A-Za-z0-9_-]{93}AA/g; // anthropic key',
  'javascript-lexer': () =>
    'case Token.Identifier: token = scanner.nextToken(); keyword = tokenToString(token); break;',
  'javascript-minified': () =>
    '!function(e,t){"object"==typeof exports?t(exports):t(e.auth={})}(this,function(e){var n=e.token,r="key",i=e.password||"";return n&&r.length>i?e.apiKey:void 0});',
  'javascript-minified-keys': () =>
    'e.exports={passwordField:t,tokenKey:n,secretKey:r,apiKeyName:"x-api-key"},o.accessToken=void 0',
  'javascript-switch': () => "case 'password': return 'Password'; case 'token': return 'Token';",
  'react-prop': () => '<AuthProvider clientId={CLIENT_ID} tokenEndpoint="/oauth/token">',
  'react-input': () =>
    '<Input type="password" name="password" value={password} onChange={(e) => setPassword(e.target.value)} />',
  'vue-model': () => '<input v-model="form.password" type="password" :placeholder="$t(\'password\')">',
  'python-env': () => 'password = os.environ["DB_PASSWORD"]',
  'python-getpass': () => 'password = getpass.getpass("Password: ")',
  'python-keyword': () => 'client = Client(api_key=api_key, token=self.token, password=None)',
  'python-tokenizer': () =>
    'tokenizer = AutoTokenizer.from_pretrained("meta-llama/Llama-2-7b-chat-hf", use_auth_token=True)',
  'python-tokens': () => 'pad_token="<pad>", eos_token="</s>", bos_token="<s>", unk_token="<unk>"',
  'python-hash': () => 'password_hash = hashlib.sha256(password.encode()).hexdigest()',
  'python-orm': () => 'id = Column(Integer, primary_key=True, foreign_key="users.id")',
  'python-type': () => 'def authenticate(username: str, password: str, *, token: Optional[str] = None) -> User:',
  'python-dict-key': () => "payload['access_token'] = self.access_token",
  'python-mock': () => "mock.patch('app.auth.get_password', return_value=password)",
  'go-struct': () =>
    'type Config struct {\n\tPassword string `json:"password,omitempty"`\n\tToken    string `yaml:"token"`\n}',
  'go-error': () => 'return fmt.Errorf("invalid token: %w", err)',
  'go-flag': () => 'flag.StringVar(&password, "password", "", "password for the database")',
  'go-const': () => 'const (\n\tHeaderAPIKey = "X-Api-Key"\n\tTokenTypeBearer = "Bearer"\n)',
  'rust-struct': () => "pub struct Auth { pub token: SecretString, password: Option<String>, api_key: &'static str }",
  'rust-match': () => 'TokenKind::Literal { kind: token::Lit, symbol } => self.token.span,',
  'java-getter': () => 'public String getPassword() { return this.password; }',
  'java-bean': () => 'private String password; // hashed\nprivate final TokenService tokenService;',
  'java-value': () => '@Value("${app.jwt.secret}") private String jwtSecret;',
  'kotlin-data': () => 'data class Login(val username: String, val password: String = "")',
  'csharp-property': () => 'public string Password { get; set; } = string.Empty;',
  'csharp-attribute': () => '[DataType(DataType.Password)] [Display(Name = "Password")]',
  'ruby-filter': () => 'Rails.application.config.filter_parameters += [:password, :token, :secret_key]',
  'ruby-digest': () => 'has_secure_password validations: false\nattr_accessor :reset_token, :api_key',
  'php-post': () => "$password = $_POST['password']; $token = $request->input('token');",
  'php-hash': () => 'if (password_verify($password, $user->password_hash)) {',
  'swift-keychain': () =>
    'let query = [kSecClass: kSecClassGenericPassword, kSecAttrAccount: account] as [CFString: Any]',
  'c-parser': () => 'token_t *token = parser->token; if (token->type == TOKEN_KEYWORD) key = token->value;',
  'shell-read': () => 'read -s -p "Password: " password; echo',
  'shell-test': () => 'if [ -z "$API_KEY" ]; then echo "API_KEY is not set" >&2; exit 1; fi',
  'powershell-parameter': () => 'param([Parameter(Mandatory)][SecureString]$Password, [string]$Token = $null)',
  sql: () => 'SELECT id, password_hash FROM users WHERE reset_token = $1 AND api_key IS NOT NULL;',
  'sql-schema': () =>
    'CREATE TABLE users (id serial PRIMARY KEY, password varchar(255) NOT NULL, api_key char(40) UNIQUE);',
  'sql-bound': () => "ALTER USER svc WITH PASSWORD :'password';",
  graphql: () => 'mutation Login($password: String!) { login(password: $password) { accessToken refreshToken } }',
  protobuf: () => 'message LoginRequest { string username = 1; string password = 2; string token = 3; }',
  'terraform-reference': () => 'password = aws_secretsmanager_secret_version.db.secret_string',
  'terraform-random': () => 'master_password = random_password.master.result',
  'terraform-variable': () => 'variable "db_password" {\n  type        = string\n  sensitive   = true\n}',
  'terraform-var-use': () =>
    '  token    = var.github_token\n  password = data.vault_generic_secret.db.data["password"]',
  'css-selector': () => 'input[type="password"]:focus, .token-key, #secret { color: #c0ffee; background: #1a2b3c }',
  'test-name': () => "it('rejects a password without a digit and keeps the token of the session', async () => {",
  'test-describe': () => 'describe("PasswordResetTokenService", () => { it("expires tokens after 3600 seconds") })',
  jsdoc: () =>
    ' * @param {string} password - The password of the user.\n * @param {string} [token] - The access token.',
  docstring: () =>
    '"""Exchange the refresh token for an access token.\n\n    :param client_secret: the secret of the client\n    """',
  'import-lines': () =>
    "import { Token, SecretKey, PasswordHasher } from './auth/token-password-secret-key-service.js';",
  'error-code': () => "throw new AuthError('INVALID_TOKEN', 'token is malformed or has expired');",
  'i18n-json': () =>
    '{"password":"Password","forgot_password":"Forgot your password?","token":"Access token","secret":"Client secret"}',
  'i18n-german': () => '{"password": "Passwort", "confirmPassword": "Passwort bestätigen", "apiKey": "API-Schlüssel"}',
  'i18n-yaml': () =>
    'en:\n  login:\n    password: Password\n    forgot_password: Forgot your password?\n    token: Token',
  'i18n-properties': () =>
    'login.password.label=Password\nlogin.password.hint=At least 12 characters\ntoken.expired=Your session has expired',
};
