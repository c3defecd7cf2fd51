import { type Kind, kindOf } from './kind.ts';

/** Any text. */
export const text: Kind<string> = kindOf({ parse: parseText, expected: 'a text', schema: { type: 'string' } });

/** Text that is not empty. */
export const name: Kind<string> = kindOf({
  parse: parseName,
  expected: 'a text that is not empty',
  schema: { type: 'string', minLength: 1, pattern: String.raw`\S` },
});

/** A value of a flag that may stand alone: true, or a text. */
export const optional: Kind<boolean | string> = kindOf<boolean | string>({
  parse: (value) => (typeof value === 'boolean' ? value : parseText(value)),
  expected: 'true, false or a text',
  schema: { anyOf: [{ type: 'boolean' }, { type: 'string' }] },
});

/** True or false. */
export const boolean: Kind<boolean> = kindOf({
  parse(value) {
    if (typeof value === 'boolean') return value;
    const word = String(value).trim().toLowerCase();
    if (['1', 'true', 'yes', 'on'].includes(word)) return true;
    if (['0', 'false', 'no', 'off'].includes(word)) return false;
    throw new Error('true or false');
  },
  expected: 'true or false',
  schema: { type: 'boolean' },
});

const UUID = '^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$';

/** A UUID of any version, in either case. */
export const uuid: Kind<string> = kindOf({
  parse(value) {
    const parsed = parseText(value);
    if (!new RegExp(UUID).test(parsed)) throw new Error('a UUID');
    return parsed;
  },
  expected: 'a UUID',
  schema: { type: 'string', format: 'uuid', pattern: UUID },
});

/** One of a few names. */
export function choice<const Name extends string>(names: readonly Name[]): Kind<Name> {
  const expected = `one of ${names.join(', ')}`;
  return kindOf({
    parse(value) {
      const found = names.find((one) => one === value);
      if (found === undefined) throw new Error(expected);
      return found;
    },
    expected,
    schema: { type: 'string', enum: names },
  });
}

/** Names that are known, and any other: a newer claude may have more. */
export type OpenChoice<Name extends string> = Name | (string & {});

/** Any name; the known ones are what editors and shells offer. */
export function openChoice<const Name extends string>(known: readonly Name[]): Kind<OpenChoice<Name>> {
  return { ...name, known };
}

export function parseText(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') throw new Error('a text');
  return String(value);
}

export function parseName(value: unknown): string {
  const parsed = parseText(value);
  if (parsed.trim() === '') throw new Error('a name or a path', { cause: parsed });
  return parsed;
}
