import { CONTEXT_KINDS } from './contexts/contexts.ts';
import { RULES } from './rules/rules.ts';

/** Every kind of secret that the redactor knows by itself, sorted. */
export const KINDS: readonly string[] = [
  ...new Set([...RULES.map((rule) => rule.kind), ...CONTEXT_KINDS, 'configured', 'env-secret', 'known-value']),
].toSorted();
