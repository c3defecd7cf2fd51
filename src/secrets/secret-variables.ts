import { isTellingName } from './custom/known-values.ts';
import { looksDrawn } from './judge/looks-drawn.ts';
import { createRedactor, type RedactorOptions } from './redactor.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The names of variables that must be taken for secret, in their order: what a redactor would mask in them, what their
 * name says to be one, however short or plain it is, and what may have been drawn by lot, unless the name says that it
 * numbers something. Here a mistake costs a program a variable; in a text, it would cost a word.
 * @throws SluiceError `usage` for options that a redactor does not accept
 */
export function secretVariables(env: Environment, options: Omit<RedactorOptions, 'env'> = {}): readonly string[] {
  const { secretEnv = [], ...others } = options;
  const redactor = createRedactor({ ...others, secretEnv, env });
  return Object.entries(env)
    .filter(([name, value = '']) => {
      if (value.trim() === '') return false;
      if (secretEnv.includes(name) || redactor.redactNamed(name, value).findings.length > 0) return true;
      return isTellingName(name.replace(/_?\d+$/, '')) ? !isHarmless(value) : isDrawn(value) && !NUMBERING.test(name);
    })
    .map(([name]) => name);
}

/** Paths, addresses, switches: an address with a password in it is masked, and so was found before. */
const HARMLESS =
  /^(?:~|\.{1,2})?\/|^[a-z]:[\\/]|^[a-z][a-z0-9+.-]*:\/\/|^(?:true|false|yes|no|on|off|none|auto|[01])$/i;

function isHarmless(value: string): boolean {
  return HARMLESS.test(value.trim());
}

const TOKEN = /^[\w+/=.~-]{20,}$/;
/** File names, versions, host names, options. */
const MADE_OF_WORDS = /^[-/.]|[a-z]{4,}[/._-][a-z]{3,}|[a-z]{5,}$|^v?\d+\.\d+/i;
const NUMBERING =
  /(?:^|_)(?:\w*ID|SHA\d*|COMMIT|HASH|DIGEST|REVISION|REF|TAG|\w*VERSION|CHECKSUM|ETAG|\w*NAME|BRANCH|SLUG|ACTOR)$|^GPG_KEY$/i;

function isDrawn(value: string): boolean {
  return TOKEN.test(value) && !MADE_OF_WORDS.test(value) && looksDrawn(value, 0, value.length);
}
