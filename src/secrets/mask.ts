import type { Redactor } from './redactor.ts';

/** Masks the secrets in a text, which stands under this name, if it has one. */
export type Mask = (text: string, name?: string) => string;

export function maskOf(redactor: Redactor): Mask {
  return (text, name) => (name === undefined ? redactor.redact(text) : redactor.redactNamed(name, text)).text;
}
