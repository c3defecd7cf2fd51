import { type Kind, kindOf } from './kind.ts';

/** `64k`, `10MiB`, `2m`; powers of 1024, or of 1000 when written `kB`, `MB`, `GB`. In bytes or characters. */
export const size: Kind<number> = sizeFrom(0);

/** A size that is `most` where more is asked for. */
export function sizeUpTo(most: number): Kind<number> {
  return { ...size, parse: (value) => Math.min(size.parse(value), most) };
}

/** As `size`, shown as a plain number: nobody counts characters in KiB. */
export const characters: Kind<number> = kindOf({
  parse: parseSize,
  expected: size.expected,
  schema: size.schema,
});

/** A size of `least` or more. */
export function sizeFrom(least: number): Kind<number> {
  return kindOf({
    parse(value) {
      const parsed = parseSize(value);
      if (parsed < least) throw new Error(least === 1 ? 'a size above 0' : `a size of ${least} or more`);
      return parsed;
    },
    expected: `a whole number, ${least} or more`,
    show: formatSize,
    schema: { type: 'integer', minimum: least },
  });
}

function parseSize(value: unknown): number {
  const match = /^(\d+(?:\.\d+)?)\s*(?:([kmg])(b|ib)?|b)?$/i.exec(String(value).trim());
  const base = match?.[3]?.toLowerCase() === 'b' ? 1000 : 1024;
  const power = match?.[2] === undefined ? 0 : 'kmg'.indexOf(match[2].toLowerCase()) + 1;
  const parsed = Math.round(Number(match?.[1]) * base ** power);
  if (!Number.isSafeInteger(parsed)) throw new Error('a size such as 64k, 10MiB or 20000');
  return parsed;
}

/** A size as it can be typed again. */
function formatSize(bytes: number): string {
  const power = [3, 2, 1].find((each) => bytes > 0 && bytes % 1024 ** each === 0) ?? 0;
  return `${bytes / 1024 ** power}${['', 'KiB', 'MiB', 'GiB'][power]}`;
}
