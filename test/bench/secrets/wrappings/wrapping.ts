import type { Name } from '../name.ts';

/** Puts a named secret into a text, of which it is the only one. */
export type Wrapping = (name: Name, secret: string) => string;

export type Wrappings = Readonly<Record<string, Wrapping>>;
