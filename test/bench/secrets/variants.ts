import type { Case, Kind } from './case.ts';
import { KINDS } from './kinds/kinds.ts';
import { createRandom } from './random.ts';

/** Wraps a text, or a token that stands for one. */
type Variant = (text: string) => string;

/** What may be done to any text, its line breaks included. */
const OF_TEXTS: Readonly<Record<string, Variant>> = {
  json: (text) => JSON.stringify({ type: 'tool_result', tool_use_id: 'toolu_01', content: text }),
  'json-in-json': (text) => JSON.stringify({ line: JSON.stringify({ stdout: text, code: 0 }) }),
  ansi: (text) => `\u001b[32m${text}\u001b[0m`,
  'glued-newline': (text) => `out:\\n${escapeBreaks(text)}\\nend`,
  'glued-tab': (text) => `out\\t${escapeBreaks(text)}\\tend`,
};

/** What may be done to a line. */
const OF_LINES: Readonly<Record<string, Variant>> = {
  'full-stop': (text) => `I have seen ${text}. It should go.`,
  parentheses: (text) => `it was there (${text}), then`,
  markdown: (text) => `- as in \`${text}\``,
};

/** What may be done to a token that needs no name. */
const OF_TOKENS: Readonly<Record<string, Variant>> = {
  query: (token) => `https://x.example/cb?state=1&t=${token}&z=2`,
  underscore: (token) => `FOO_${token} end`,
};

/** A case whose `shape` names what was done to a text. */
export interface VariantCase extends Case {
  /** The text before that. */
  readonly plain: string;
}

/** A case of every kind in every variant that fits it. */
export function variantCases(seed: string): VariantCase[] {
  return KINDS.flatMap((kind) => variantsOf(kind, seed));
}

function variantsOf({ kind, token, make }: Kind, seed: string): VariantCase[] {
  const made = make(createRandom(`${seed}/${kind}/variants`));
  const bare = token?.(createRandom(`${seed}/${kind}/variants`));
  const { text, secrets } = bare === undefined ? made : { text: bare, secrets: [bare] };
  // A file's line means something only as a line, so nothing is put around what has a shape of its own.
  const isLine = made.shape !== 'own' && !/[\n`]/.test(text);
  const variants = { ...OF_TEXTS, ...(isLine ? OF_LINES : {}), ...(bare === undefined ? {} : OF_TOKENS) };
  return Object.entries(variants).map(([shape, vary]) => ({ kind, shape, text: vary(text), secrets, plain: text }));
}

function escapeBreaks(text: string): string {
  return text.replaceAll('\r', '\\r').replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}
