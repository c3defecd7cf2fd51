import type { Ink, Paint } from './theme.ts';

/** Styles text while it streams in, without ever changing a character of it. */
export interface Styler {
  push(text: string): string;
  /** What was held back; the next text begins anew. */
  end(): string;
}

/** Everything in one ink. Newlines stay outside of the colour. */
export function createInkStyler(ink: Ink, paint: Paint): Styler {
  return {
    push: (text) => text.replaceAll(/[^\n]+/g, (line) => paint(ink, line)),
    end: () => '',
  };
}
