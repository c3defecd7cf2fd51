import { createByteEncoder } from './encode-bytes.ts';
import type { Printer } from './printer.ts';

/** Prints the text: the very bytes that were read wherever nothing is masked. */
export function createTextPrinter(): Printer {
  const encoder = createByteEncoder();
  return {
    begin() {},
    print: ({ text }) => encoder.push(text),
    end: () => encoder.end(),
  };
}
