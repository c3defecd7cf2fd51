import { encodedForms } from './encoded-forms.ts';
import type { Anchor } from '../scan/span.ts';
import { shapeOf } from '../judge/value-shape.ts';

const MIN_LENGTH = 8;
const MIN_PLAIN = 16;

/** Secrets by contract: masked whatever they look like. */
const ALWAYS_SECRET = new Set([
  'ANTHROPIC_API_KEY',
  'ANTHROPIC_AUTH_TOKEN',
  'CLAUDE_CODE_OAUTH_TOKEN',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_BEARER_TOKEN_BEDROCK',
]);

const TELLING_WORDS = new Set(
  'key apikey token secret secrets password passwd passphrase pass credential credentials auth cookie dsn pat private'.split(
    ' ',
  ),
);
const TELLING_ENDINGS = ['_URL', '_URI', 'CONNECTION_STRING'];
/** Telling words, harmless values: fingerprints, agents' sockets, working directories. */
const HARMLESS_NAMES = new Set(['GPG_KEY', 'SSH_AUTH_SOCK', 'PWD', 'OLDPWD']);
/** Sluice's own options about secrets: none of them holds one. */
const OWN_NAMES = /^SLUICE_(?:ALLOW_)?SECRETS?_/;
const HARMLESS_ENDINGS = /_(?:ID|FILE|PATH|DIR|SOCK|NAME|USER|TYPE|MODE|METHOD|HOST|PORT|REGION|TTL|HELPER)$/i;
const PATH = /^(?:~|\.{1,2})?\/|^[a-z]:[\\/]/i;
const NUMBER = /^[-+]?[\d.,_]+$/;
const URL_WITH_PASSWORD = /^[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:([^\s/]+)@/i;
const ANY_URL = /^[a-z][a-z0-9+.-]*:\/\//i;

/**
 * The secrets among a process's variables: a telling name and a value that could be one. Never paths, numbers, plain
 * words or addresses; of an address with credentials, its password.
 */
export function secretsOfEnvironment(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const secrets = new Set<string>();
  for (const [name, value] of Object.entries(env)) {
    const trimmed = value?.trim() ?? '';
    if (trimmed.length < MIN_LENGTH) continue;
    if (ALWAYS_SECRET.has(name)) secrets.add(trimmed);
    else for (const secret of isTellingName(name) ? secretsIn(trimmed) : []) secrets.add(secret);
  }
  return [...secrets];
}

/** Whether a name leads one to expect a secret: a word of it is `token`, `password` or the like. */
export function isTellingName(name: string): boolean {
  if (HARMLESS_NAMES.has(name) || HARMLESS_ENDINGS.test(name) || OWN_NAMES.test(name)) return false;
  const words = name.toLowerCase().split(/[^a-z0-9]+/);
  const upper = name.toUpperCase();
  return words.some((word) => TELLING_WORDS.has(word)) || TELLING_ENDINGS.some((ending) => upper.endsWith(ending));
}

function secretsIn(value: string): readonly string[] {
  const password = URL_WITH_PASSWORD.exec(value)?.[1];
  if (password !== undefined) return [password, decoded(password)].filter((form) => form.length >= MIN_LENGTH);
  if (ANY_URL.test(value) || PATH.test(value) || NUMBER.test(value)) return [];
  const shape = shapeOf(value, 0, value.length);
  const isPlain = shape.digits === 0 && shape.signs === 0 && shape.changes < 2;
  return isPlain && value.length < MIN_PLAIN ? [] : [value];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign: then it was never encoded.
    return text;
  }
}

/** The anchors that find a known secret in each of its forms; all of them share one placeholder. */
export function anchorsOfKnownValue(secret: string, kind: string): readonly Anchor[] {
  return encodedForms(secret).map((form) => ({
    text: form,
    exact: true,
    isLiteral: true,
    parse: (_reader, start, end) => ({ kind, start, end, secret }),
  }));
}
