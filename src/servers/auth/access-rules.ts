import { SluiceError } from '../../errors.ts';
import { scopeSchema } from './identity.ts';
import type { KeyPace } from './published-keys.ts';

/** Whose bearer tokens are accepted; nobody has to prove anything where there is neither a file nor a key. */
export interface AccessRules {
  readonly tokensFile?: string | undefined;
  readonly jwtSecretFile?: string | undefined;
  readonly jwksUrl?: string | undefined;
  readonly jwtIssuer?: string | undefined;
  readonly jwtAudience?: string | undefined;
  readonly jwtAlgorithms?: readonly string[] | undefined;
  readonly requiredScopes: readonly string[];
  /** The header in which proxies say for whom they ask, and where those are: addresses, or networks as CIDR has them. */
  readonly trustUserHeader?: string | undefined;
  readonly trustProxyAddresses?: readonly string[] | undefined;
  readonly publicUrl?: string | undefined;
  readonly authorizationServers: readonly string[];
}

/** The rules, and what else access is decided with. */
export interface AccessInput extends AccessRules {
  /** The URL it listens on, with the path of the face: `http://127.0.0.1:8001/mcp`. Asked for when requests come. */
  endpoint(): URL;
  /** What errors call the place where a rule was set: its flag, its variable, or a file and the option in it. */
  where(rule: keyof AccessRules): string;
  /** Told of what an operator should see to, in one line without a token: a file or keys that can't be read. */
  onProblem?(problem: string): void;
  /** Milliseconds since 1970; default: the clock. */
  now?(): number;
  readonly keyPace?: Partial<KeyPace>;
}

/**
 * Refuses rules without effect: whoever sets one believes that it keeps somebody out.
 * @throws SluiceError `usage` that names the rule, where it was set, and the fix
 */
export function refuseIdleRules(input: AccessInput): void {
  const { tokensFile, jwtSecretFile, jwksUrl, requiredScopes, publicUrl, where } = input;
  const { trustUserHeader, trustProxyAddresses = [] } = input;
  const fail = (rule: keyof AccessRules, what: string): never => {
    throw new SluiceError('usage', `${where(rule)}: ${what}`);
  };
  const keys = `${where('jwtSecretFile')} or ${where('jwksUrl')}`;
  const hasKey = jwtSecretFile !== undefined || jwksUrl !== undefined;
  for (const rule of ['jwtIssuer', 'jwtAudience', 'jwtAlgorithms'] as const) {
    if (input[rule] !== undefined && !hasKey) fail(rule, `no JWT is accepted without a key; set ${keys}`);
  }
  for (const rule of ['requiredScopes', 'authorizationServers', 'trustUserHeader'] as const) {
    if ((input[rule]?.length ?? 0) > 0 && !hasKey && tokensFile === undefined) {
      fail(rule, `nobody needs a token yet; set ${where('tokensFile')}, ${keys}`);
    }
  }
  if (trustUserHeader !== undefined && trustProxyAddresses.length === 0) {
    fail('trustUserHeader', `say from which addresses it is to be believed, with ${where('trustProxyAddresses')}`);
  }
  if (trustUserHeader === undefined && trustProxyAddresses.length > 0) {
    fail('trustProxyAddresses', `say in which header proxies name users, with ${where('trustUserHeader')}`);
  }
  const scope = requiredScopes.find((name) => !scopeSchema.safeParse(name).success);
  if (scope !== undefined)
    fail('requiredScopes', `"${scope}" cannot be a scope: no quotes, backslashes, other alphabets`);
  if (publicUrl !== undefined && !isPlain(new URL(publicUrl))) {
    fail('publicUrl', 'it cannot have a user name, a query or a fragment');
  }
}

function isPlain({ username, password, search, hash }: URL): boolean {
  return username === '' && password === '' && search === '' && hash === '';
}
