import { SluiceError } from '../errors.ts';
import { secretsOfEnvironment } from './custom/known-values.ts';
import { openPoint } from './scan/open-point.ts';
import { type KnownSecret, type Lookup, lookupOf } from './lookup.ts';
import { createPlaceholders } from './placeholders.ts';

import { secretNameOf } from './contexts/assignment/secret-name.ts';
import { createAllowList, type AllowList } from './custom/allow-list.ts';
import { commonWordAmong } from './custom/common-words.ts';
import { KINDS } from './kinds.ts';
import type { Growth } from './scan/growth.ts';
import { scan } from './scan/scan.ts';
import { KEPT, type Span } from './scan/span.ts';
import { scanAround } from './scan/scan-around.ts';
import { checkKind, compilePatterns, pieceStart, patternMatches } from './custom/user-patterns.ts';
import type { SecretPattern } from './custom/user-patterns.ts';

export interface RedactorOptions {
  /** Variables whose secrets are masked wherever they stand; by default the process's own. `{}` for none. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Secrets to mask wherever they stand, in each of their forms, each at least {@link MIN_VALUE} characters long. */
  readonly values?: readonly string[];
  /** Variables of `env` whose values are secrets, whatever their names and values look like; unset and empty ones are none. */
  readonly secretEnv?: readonly string[];
  readonly patterns?: readonly SecretPattern[];
  readonly allow?: AllowList;
}

/** One masked secret; `start` and `end` (exclusive) index the text that was given. */
export interface Finding {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  /** What stands there now: `[REDACTED:kind#n]`, the same for the same secret as long as the redactor lives. */
  readonly placeholder: string;
}

export interface Redaction {
  readonly text: string;
  readonly findings: readonly Finding[];
}

/** What is finished of a growing text; the indices of findings are those of the text given. */
export interface FinishedRedaction extends Redaction {
  /** Where the rest begins; the text's length when there is none. */
  readonly open: number;
}

export interface Redactor {
  /**
   * The text with every secret masked; the very same string when there is none. Redacting twice changes nothing.
   * @param startsLine whether it begins where a line does; it always does unless it was cut from a longer text
   * @param growth what is known of the text that it is the end of, when that arrived in pieces
   */
  redact(text: string, startsLine?: boolean, growth?: Growth): Redaction;
  /** How many secrets were masked so far. */
  readonly totals: { readonly total: number; readonly byKind: Readonly<Record<string, number>> };
  /** Masks these from now on, as `kind`. Throws a `usage` error for one of less than {@link MIN_VALUE} characters. */
  addValues(values: readonly string[], kind?: string): void;
  /** Grows whenever there is more to mask: what held no secret before may hold one then. */
  readonly revision: number;
  /**
   * The same for a text that a name leads to, as in an object: `{ "password": "…" }` is a secret because of its name.
   */
  redactNamed(name: string, text: string): Redaction;
  /**
   * For text that is still growing: redacts as much of it as can no longer change. What stands from `open` on could
   * still become a secret and must be held back: never more than 64 KiB, unless a private key is open. Text cut there
   * and redacted in two parts gives what it gives in one.
   */
  redactFinished(text: string, startsLine?: boolean, growth?: Growth): FinishedRedaction;
}

/** The shortest value that can be masked wherever it stands: shorter ones would tear ordinary words apart. */
export const MIN_VALUE = 4;

/** Texts as short as this that are clean are remembered, so many of them. */
const MAX_WORD = 24;
const MAX_CLEAN = 1024;

const COMMON = 'is a word that every run is full of, and cannot be masked';

function isCommonWord(value: string): boolean {
  return commonWordAmong((word) => word === value.toLowerCase()) !== undefined;
}

const NO_FINDINGS: readonly Finding[] = Object.freeze([]);

/**
 * Makes a redactor. That patterns take no more than linear time is checked elsewhere, since it takes time itself: by
 * the options of a run, and by {@link refuseSuperLinear}.
 * @throws SluiceError `usage` when a value, a pattern or an allowed kind is not acceptable
 */
export function createRedactor({
  env = process.env,
  values = [],
  secretEnv = [],
  patterns = [],
  allow = {},
}: RedactorOptions = {}): Redactor {
  const compiled = compilePatterns(patterns);
  /** Those besides the redactor's own. */
  const kinds = new Set(compiled.map(({ kind }) => kind));
  const isAllowed = createAllowList(allow, (kind) => KINDS.includes(kind) || kinds.has(kind));
  const placeholderOf = createPlaceholders();
  const known: KnownSecret[] = [];
  const byKind: Record<string, number> = {};
  let total = 0;
  let revision = 0;
  let found: Lookup | null = null;

  /** Looked up when there is something to mask: until then there may be more to know. */
  function lookup(): Lookup {
    return (found ??= lookupOf({ kinds, known, patterns, allow }));
  }

  function addValues(secrets: readonly string[], kind = 'known-value'): void {
    checkKind(kind);
    found = null;
    revision += 1;
    if (!KINDS.includes(kind)) kinds.add(kind);
    for (const secret of secrets) {
      const trimmed = secret.trim();
      if (trimmed.length < MIN_VALUE) {
        throw new SluiceError(
          'usage',
          `a secret value must have at least ${MIN_VALUE} characters, not ${trimmed.length}`,
        );
      }
      if (isCommonWord(trimmed)) {
        // What was declared is told; what only looked like a secret was none.
        if (kind === 'known-value') throw new SluiceError('usage', `a secret value ${COMMON}`);
        continue;
      }
      known.push({ value: trimmed, kind });
    }
  }

  function redact(text: string, startsLine = true, growth?: Growth): Redaction {
    const { index, shortest, clean } = lookup();
    if (text.length < (compiled.length > 0 ? 1 : shortest)) return { text, findings: NO_FINDINGS };
    const isWord = startsLine && text.length <= MAX_WORD;
    if (isWord && clean.has(text)) return { text, findings: NO_FINDINGS };
    const redaction = mask(
      text,
      scanAround(index, { text, startsLine, matches: patternMatches(text, compiled), growth }),
    );
    if (isWord && clean.size < MAX_CLEAN && redaction.text === text) clean.add(text);
    return redaction;
  }

  function redactNamed(name: string, text: string): Redaction {
    const redaction = redact(text);
    if (redaction.findings.length > 0 || text.length < MIN_VALUE || secretNameOf(name) === null) return redaction;
    const lead = `${JSON.stringify(name)}: `;
    const written = lead + JSON.stringify(text);
    const [span] = scan(lookup().index, { text: written });
    const isWhole = span?.start === lead.length + 1 && span.end === written.length - 1;
    return isWhole ? mask(text, [{ kind: span.kind, start: 0, end: text.length }]) : redaction;
  }

  function redactFinished(text: string, startsLine = true, growth?: Growth): FinishedRedaction {
    const align = (open: number): number => (compiled.length === 0 ? open : pieceStart(text, open));
    const matches = patternMatches(text, compiled);
    const { index, spacedHeads } = lookup();
    const { open, spans } = openPoint(index, { text, startsLine, spacedHeads, matches, growth, align });
    const finished = open === text.length ? text : text.slice(0, open);
    // Only where so much was open that it had to be cut can something lie across the cut.
    const isCut = spans.some((span) => span.start < open && span.end > open);
    if (isCut) return { ...redact(finished, startsLine, growth), open };
    const within = spans.filter((span) => span.end <= open);
    return { ...mask(finished, within), open };
  }

  function mask(text: string, spans: readonly Span[]): Redaction {
    if (spans.length === 0) return { text, findings: NO_FINDINGS };
    const findings: Finding[] = [];
    let masked = '';
    let copied = 0;
    for (const span of spans) {
      const { start, end } = span;
      if (span.kind === KEPT || isAllowed(text.slice(start, end), span.kind)) continue;
      const placeholder = placeholderOf(span.secret ?? text.slice(start, end), span.kind);
      findings.push({ kind: placeholder.kind, start, end, placeholder: placeholder.text });
      byKind[placeholder.kind] = (byKind[placeholder.kind] ?? 0) + 1;
      total += 1;
      masked += text.slice(copied, start) + placeholder.text;
      copied = end;
    }
    return findings.length === 0 ? { text, findings: NO_FINDINGS } : { text: masked + text.slice(copied), findings };
  }

  addValues(secretsOfEnvironment(env), 'env-secret');
  for (const name of secretEnv) {
    const value = Object.hasOwn(env, name) ? (env[name]?.trim() ?? '') : '';
    if (value !== '' && value.length < MIN_VALUE) {
      throw new SluiceError(
        'usage',
        `the variable ${name} holds too short a secret: fewer than ${MIN_VALUE} characters`,
      );
    }
    if (isCommonWord(value)) throw new SluiceError('usage', `the variable ${name} holds what ${COMMON}`);
    if (value !== '') addValues([value], 'env-secret');
  }
  addValues(values);

  return {
    redact,
    redactNamed,
    redactFinished,
    addValues,
    get revision() {
      return revision;
    },
    get totals() {
      return { total, byKind: { ...byKind } };
    },
  };
}
