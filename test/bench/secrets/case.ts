import type { Random } from './random.ts';

/** A text and what of it must not be seen. */
export interface Case {
  readonly kind: string;
  /** What the secret stands in, such as `env` or `yaml`. */
  readonly shape: string;
  readonly text: string;
  /** None may survive. One, unless a secret is made of parts, such as the lines of a key. */
  readonly secrets: readonly string[];
}

/** A kind of secret. */
export interface Kind {
  readonly kind: string;
  /** Makes a token that is told from all other text by its own looks, for putting it elsewhere; else `null`. */
  readonly token: ((random: Random) => string) | null;
  /** Makes a secret in one of the shapes in which people meet it. */
  make(random: Random): Omit<Case, 'kind'>;
}
