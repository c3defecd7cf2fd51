import { SluiceError, reasonOf } from '../errors.ts';
import { readJwtSecret } from '../servers/auth/jwt-secret.ts';
import { readSecretFile } from '../servers/auth/secret-file.ts';

/** What proves to a gateway who asks. */
export interface Credential {
  /** The header that carries it; read or made when it is first asked for, and again once it was forgotten. */
  header(): Promise<Readonly<Record<string, string>>>;
  /** Has it read or made again, since the gateway took it no more. */
  forget(): void;
  /** What of it must be seen by nobody. */
  secrets(): readonly string[];
}

/** A secret in a file, and who named that, for errors. */
export interface SecretSource {
  readonly path: string;
  readonly where: string;
}

/** Whom a JWT is for. */
export interface JwtTerms {
  readonly subject: string;
  readonly audience: string;
  readonly issuer: string | undefined;
  readonly scopes: readonly string[];
}

/** What a header can hold: a line without anything that cannot be seen. */
const VISIBLE = /^[\x20-\x7e]+$/;

const ALGORITHM = 'HS256';

/** How long such a JWT is good, and how long before its end there is a new one, in milliseconds. */
const JWT_LIFETIME_MS = 5 * 60_000;
const JWT_MARGIN_MS = 60_000;

/** A bearer token that stands in a file. */
export function tokenOfFile(source: SecretSource): Credential {
  return ofFile(source, (token) => ({ authorization: `Bearer ${token}` }));
}

/** Cookies as a browser has them, in a file: `session=…; other=…`, with or without `Cookie:` before them. */
export function cookiesOfFile(source: SecretSource): Credential {
  return ofFile(source, (line) => ({ cookie: line.replace(/^cookie:\s*/i, '') }));
}

/** JWTs of a secret that the gateway shares, each good for five minutes. */
export function jwtsOfFile({ path, where }: SecretSource, terms: JwtTerms, now: () => number = Date.now): Credential {
  const made = keep(async () => {
    const secret = await readJwtSecret(path, where, [ALGORITHM]);
    const { signJwt } = await import('../servers/auth/sign-jwt.ts');
    const created = now();
    const expires = created + JWT_LIFETIME_MS;
    return { token: await signJwt({ ...terms, created, expires }, secret, ALGORITHM), expires };
  });
  return {
    async header() {
      if ((await made.get()).expires - JWT_MARGIN_MS <= now()) made.forget();
      return { authorization: `Bearer ${(await made.get()).token}` };
    },
    forget: made.forget,
    secrets: () => made.all().map(({ token }) => token),
  };
}

function ofFile({ path, where }: SecretSource, headerOf: (text: string) => Record<string, string>): Credential {
  const file = keep(async () => {
    try {
      const text = (await readSecretFile(path)).toString().trim();
      if (text === '') throw new Error('there is nothing in it');
      if (!VISIBLE.test(text)) throw new Error('it is not one line of visible ASCII characters');
      return text;
    } catch (error) {
      throw new SluiceError('usage', `${where}: ${path} cannot be used: ${reasonOf(error)}`, { cause: error });
    }
  });
  return {
    header: async () => headerOf(await file.get()),
    forget: file.forget,
    secrets: file.all,
  };
}

/** A value that is got once, until it is forgotten. */
function keep<Value>(get: () => Promise<Value>) {
  let kept: Promise<Value> | null = null;
  const all: Value[] = [];
  return {
    async get(): Promise<Value> {
      kept ??= get().then((value) => {
        all.push(value);
        return value;
      });
      return kept;
    },
    forget(): void {
      kept = null;
    },
    all: (): readonly Value[] => all,
  };
}
