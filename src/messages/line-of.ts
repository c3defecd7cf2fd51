import type { Message } from './types.ts';

/** Has the fields of a class that extends it be put on an object that there is already. */
// oxlint-disable-next-line no-extraneous-class -- only a class has a constructor that others can build on
class Given {
  constructor(object: object) {
    return object;
  }
}

/**
 * Puts a private field on a message. A copy does not have it, and nothing that looks at the message sees it. A WeakMap would
 * do the same, but takes a third as long as to parse a line.
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

/**
 * Remembers the line that a message was read from, before anybody else sees it.
 * @throws TypeError for a message that has one already
 */
export function rememberLine(message: Message, line: string): void {
  void new FromLine(message, line);
}

/** The line that a message was read from; undefined for one that shared it with others, and for a copy, changed or not. */
export function lineOf(message: Message): string | undefined {
  return FromLine.lineOf(message);
}
