import { type Kind, kindOf } from './kind.ts';

/** An address of the web: `http:` or `https:`. */
export const webAddress: Kind<string> = kindOf({
  parse(value) {
    const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : null;
    if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
      throw new Error('an address that begins with https:// or http://');
    return url.href;
  },
  expected: 'an address that begins with https:// or http://',
  schema: { type: 'string', pattern: '^https?://' },
});
