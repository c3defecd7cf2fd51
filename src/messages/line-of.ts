import type { Message } from './types.ts';

/** What a class is based on whose constructor is to add to an object that there is. */
// oxlint-disable-next-line no-extraneous-class -- only a class has a constructor that others can build on
class Given {
  constructor(object: object) {
    return object;
  }
}

/**
 * Adds a private field to a message: a copy has none, and nothing that looks at the message sees it. A WeakMap would do
 * the same, and takes a third of the time that it takes to parse a line.
 */
class FromLine extends Given {
  readonly #line: string;

  constructor(message: object, line: string) {
    super(message);
    this.#line = line;
  }

  static lineOf(message: object): string | undefined {
    return #line in message ? message.#line : undefined;
  }
}

/** Remembers the line that a message was read from: once, before anybody else sees it. A copy with changes has none. */
export function rememberLine(message: Message, line: string): void {
  void new FromLine(message, line);
}

/** The line that a message was read from, if it was read from one of its own, and is as it was. */
export function lineOf(message: Message): string | undefined {
  return FromLine.lineOf(message);
}
