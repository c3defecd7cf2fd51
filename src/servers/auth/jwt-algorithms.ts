import { SluiceError } from '../../errors.ts';
import type { AccessInput } from './access-rules.ts';

/** Algorithms of a shared secret, with the bytes that it must have at least (RFC 7518). */
export const SECRET_BYTES: ReadonlyMap<string, number> = new Map([
  ['HS256', 32],
  ['HS384', 48],
  ['HS512', 64],
]);

/** Algorithms of published keys. */
// prettier-ignore
const PUBLIC_KEY_ALGORITHMS: readonly string[] = [
  'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519',
];

const DEFAULT_ALGORITHMS = { secret: ['HS256'], published: ['RS256', 'ES256', 'EdDSA'] } as const;

/** The algorithms that JWTs may be signed with, by what they are checked with. */
export interface AcceptedAlgorithms {
  readonly secret: readonly string[];
  readonly published: readonly string[];
}

/**
 * None is accepted without a key of its kind, so that no key is ever taken for one of the other.
 * @throws SluiceError `usage` for a name that can't be accepted, and for a key that none is left for
 */
export function acceptedAlgorithms({ jwtAlgorithms, jwtSecretFile, jwksUrl, where }: Rules): AcceptedAlgorithms {
  const named = {
    secret: jwtAlgorithms?.filter((name) => SECRET_BYTES.has(name)) ?? DEFAULT_ALGORITHMS.secret,
    published: jwtAlgorithms?.filter((name) => PUBLIC_KEY_ALGORITHMS.includes(name)) ?? DEFAULT_ALGORITHMS.published,
  };
  const unknown = jwtAlgorithms?.find((name) => ![...named.secret, ...named.published].includes(name));
  if (unknown !== undefined) {
    const known = [...SECRET_BYTES.keys(), ...PUBLIC_KEY_ALGORITHMS].join(', ');
    throw new SluiceError('usage', `${where('jwtAlgorithms')}: "${unknown}" cannot be accepted; there are ${known}`);
  }
  return {
    secret: pair('jwtSecretFile', jwtSecretFile, named.secret, 'HS256'),
    published: pair('jwksUrl', jwksUrl, named.published, 'RS256'),
  };

  /** A key and its algorithms: both or neither. */
  function pair(rule: 'jwtSecretFile' | 'jwksUrl', key: string | undefined, names: readonly string[], usual: string) {
    const [first] = names;
    if (key !== undefined && first === undefined) {
      throw new SluiceError('usage', `${where('jwtAlgorithms')}: none of them is for ${where(rule)}; add ${usual}`);
    }
    if (key === undefined && first !== undefined && jwtAlgorithms !== undefined) {
      throw new SluiceError('usage', `${where('jwtAlgorithms')}: ${first} needs a key; set ${where(rule)} too`);
    }
    return key === undefined ? [] : names;
  }
}

type Rules = Pick<AccessInput, 'jwtAlgorithms' | 'jwtSecretFile' | 'jwksUrl' | 'where'>;
