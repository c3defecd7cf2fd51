import type { Field } from './field.ts';

/** The long flag of a field, by which messages call it and claude knows it. */
export function flagOf({ flags }: Pick<Field, 'flags'>): string {
  return /--[\w-]+(?=[^,]*$)/.exec(flags)?.[0] ?? flags;
}
