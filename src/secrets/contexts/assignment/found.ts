import { isIn, LETTERS, UPPER_ALNUM } from '../../scan/alphabets.ts';
import { DOT } from '../../scan/codes.ts';
import type { SecretName } from './secret-name.ts';
import type { Separator } from './separator.ts';
import type { Value } from './value.ts';

/** A name and a value, and what leads from one to the other. */
export interface Found {
  readonly separator: Separator;
  readonly value: Value;
  readonly nameStart: number;
  readonly rawName: string;
  readonly name: SecretName;
}

/** Lines of settings that have no sign between name and value. */
export const DIRECTIVE = /^(?:rootpw|bindpw|requirepass|masterauth)$/i;

/** `pass` alone is no result of a test where it has letters for a value. */
export const BARE_PASS = /^(?:pass|pwd)$/i;

/** Members of an object in code, not properties in a file: `this.password`. */
export const OF_OBJECT = /^(?:this|self|that|cls)\./;

export function isMember(name: string): boolean {
  const dot = name.indexOf('.');
  return dot > 0 && name.charCodeAt(dot) === DOT;
}
export function isAllCapitals(name: string): boolean {
  for (let index = 0; index < name.length; index += 1) {
    const code = name.charCodeAt(index);
    if (isIn(LETTERS, code) && !isIn(UPPER_ALNUM, code)) return false;
  }
  return true;
}
