import type { Kind } from '../case.ts';
import { spell } from '../spell.ts';
import { shaped } from './define.ts';
import { base64Of } from './encode.ts';
import { password } from './passwords.ts';

/** Headers and parameters with a secret in them, in the format of `spell`. */
const REQUESTS: Readonly<Record<string, readonly [before: string, secret: string, after: string]>> = {
  bearer: ['Authorization: Bearer ', '{url 43}', '\r\nAccept: */*'],
  'bearer-lower': ['authorization: bearer ', '{alnum 32}', ''],
  'bearer-hex': ["-H 'Authorization: Bearer ", '{hex 40}', "'"],
  'bearer-json': ['{"headers":{"authorization":"Bearer ', '{url 60}', '"}}'],
  'bearer-python': ['headers = {"Authorization": "Bearer ', '{alnum 40}', '"}'],
  'token-scheme': ['Authorization: token ', '{hex 40}', ''],
  'token-assigned': ['Authorization: Token token="', '{alnum 32}', '", email="jo@example.com"'],
  'api-key-scheme': ['Authorization: ApiKey ', '{alnum 48}', ''],
  'naked-scheme': ['Authorization: ', '{alnum 40}', ''],
  'proxy-authorization': ['Proxy-Authorization: Bearer ', '{url 43}', ''],
  digest: ['Authorization: Digest username="jo", realm="app", nonce="7c1", uri="/", response="', '{hex 32}', '"'],
  'x-api-key': ['X-Api-Key: ', '{alnum 32}', ''],
  'x-api-key-lower': ['x-api-key: ', '{uuid}', ''],
  'x-auth-token': ['X-Auth-Token: ', '{alnum 32}', ''],
  'x-access-token': ['x-access-token: ', '{url 50}', ''],
  'x-csrf-token': ['X-CSRF-Token: ', '{b64 42}==', ''],
  'private-token': ['PRIVATE-TOKEN: ', '{alnum 20}', ''],
  'x-session': ['X-Session-Token: ', '{hex 64}', ''],
  'x-amz-security-token': ['x-amz-security-token: ', 'IQoJb3JpZ2luX2Vj{b64 200}=', ''],
  'ocp-apim': ['Ocp-Apim-Subscription-Key: ', '{hex 32}', ''],
  cookie: ['Cookie: _ga=GA1.2.1; session=', '{url 48}', '; lang=en'],
  'cookie-connect': ['Cookie: connect.sid=', 's%3A{url 32}.{alnum 43}', ''],
  'cookie-php': ['cookie: PHPSESSID=', '{lownum 26}', '; theme=dark'],
  'cookie-java': ['Cookie: JSESSIONID=', '{HEX 32}', ''],
  'set-cookie': ['Set-Cookie: sid=', '{url 43}', '; Path=/; HttpOnly; Secure; SameSite=Lax'],
  'set-cookie-auth': ['< set-cookie: auth_token=', '{hex 40}', '; Max-Age=157680000; Domain=.example.com'],
  'cookie-django': ['Cookie: csrftoken=abc; sessionid=', '{lownum 32}', ''],
  'curl-cookie': ["curl -b 'session=", '{alnum 40}', "' https://example.com"],
  'query-access-token': ['https://graph.example.net/me?access_token=', '{url 40}', '&fields=id'],
  'query-token': ['GET /download?file=a.zip&token=', '{alnum 32}', ' HTTP/1.1'],
  'query-signature': ['https://cdn.example.com/v.mp4?Expires=1790000000&Signature=', '{url 86}', '&Key-Pair-Id=K1'],
  'query-sig': ['https://api.example.com/blob?sv=2024&sig=', '{alnum 43}%3D', ''],
  'query-client-secret': [
    'POST /oauth/token?grant_type=client_credentials&client_secret=',
    '{alnum 32}',
    '&scope=read',
  ],
  'query-password': ['https://example.com/login?user=jo&password=', '{alnum 12}', ''],
  'query-key': ['https://maps.example.com/api/js?key=', '{alnum 39}', '&v=weekly'],
  'fragment-token': ['https://app.example.com/cb#access_token=', '{url 60}', '&token_type=bearer&expires_in=3600'],
  'oauth-code-response': ['{"access_token":"', '{url 80}', '","token_type":"Bearer","expires_in":3600}'],
  'oauth-refresh-response': ['{"token_type":"Bearer","refresh_token":"', '{url 64}', '","scope":"read"}'],
  'oauth-form': ['grant_type=refresh_token&refresh_token=', '{url 64}', '&client_id=app'],
  'oauth-form-secret': ['client_id=app&client_secret=', '{alnum 40}', '&code=123'],
  'form-password': ['username=jo&password=', '{alnum 14}', '&remember=on'],
};

export const HEADER_KINDS: readonly Kind[] = [
  ...Object.entries(REQUESTS).map(([kind, [before, format, after]]) =>
    shaped(`http-${kind}`, (random) => {
      const secret = spell(random, format);
      return [`${before}${secret}${after}`, secret];
    }),
  ),
  shaped('http-basic', (random) => {
    const secret = base64Of(`admin:${password(random)}`);
    return [`GET / HTTP/1.1\nAuthorization: Basic ${secret}\nHost: example.com`, secret];
  }),
  shaped('http-basic-code', (random) => {
    const secret = base64Of(`svc:${password(random)}`);
    return [`headers: { 'Authorization': 'Basic ${secret}' }`, secret];
  }),
  shaped('http-requests-auth', (random) => {
    const secret = password(random);
    return [`requests.get("https://api.example.com", auth=("jo", "${secret}"))`, secret];
  }),
  shaped('http-axios-auth', (random) => {
    const secret = password(random);
    return [`axios.get(url, { auth: { username: 'jo', password: '${secret}' } })`, secret];
  }),
];
