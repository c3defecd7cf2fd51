/** The spellings of a setting's name. */
export interface Name {
  /** `ACME_API_KEY` */
  readonly upper: string;
  /** `acme_api_key` */
  readonly snake: string;
  /** `acme-api-key` */
  readonly kebab: string;
  /** `acme.api.key` */
  readonly dotted: string;
  /** `acmeApiKey` */
  readonly camel: string;
  /** `AcmeApiKey` */
  readonly pascal: string;
  /** `acme api key` */
  readonly words: string;
}

/** All spellings of a name that is given as a variable of the environment. */
export function spellingsOf(upper: string): Name {
  const words = upper.toLowerCase().split('_');
  const pascal = words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('');
  return {
    upper,
    snake: words.join('_'),
    kebab: words.join('-'),
    dotted: words.join('.'),
    camel: `${pascal.charAt(0).toLowerCase()}${pascal.slice(1)}`,
    pascal,
    words: words.join(' '),
  };
}
