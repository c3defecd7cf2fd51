import { type Kind, kindOf } from './kind.ts';

const NAME = '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$';

/** A name that is a file's or a folder's anywhere, and leads nowhere else: letters, digits, dots, dashes, underscores. */
export const folderName: Kind<string> = kindOf({
  parse(value) {
    if (typeof value !== 'string' || !new RegExp(NAME).test(value))
      throw new Error(
        'a name of at most 64 letters, digits, dots, dashes and underscores that begins with a letter or digit',
      );
    return value;
  },
  expected: 'a name of letters, digits, dots, dashes and underscores',
  schema: { type: 'string', pattern: NAME },
});
