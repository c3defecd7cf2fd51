import { Refusal } from '../refusal.ts';
import { HttpRefusal } from '../http/answer.ts';

/**
 * The one of these types that an `Accept` header likes best, the first of those that it likes alike (RFC 9110, 12.5.1).
 * @throws Refusal (406) when it accepts none
 */
export function acceptedType<Type extends string>(accept: string | undefined, types: readonly [Type, ...Type[]]): Type {
  if (accept === undefined || accept.trim() === '') return types[0];
  const ranges = accept.split(',').map(readRange);
  const liked = types.map((type) => ({ type, quality: qualityOf(type, ranges) }));
  const best = Math.max(...liked.map(({ quality }) => quality));
  const found = liked.find(({ quality }) => quality === best && quality > 0);
  if (found !== undefined) return found.type;
  const refusal = new Refusal('bad_request', `Accept: there is ${types.join(', ')}`, { allowed: types });
  throw new HttpRefusal(refusal, { status: 406 });
}

interface Range {
  readonly pattern: string;
  readonly quality: number;
}

function readRange(text: string): Range {
  const [pattern = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const quality = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice('q='.length) ?? 1);
  return { pattern, quality: Number.isNaN(quality) ? 0 : quality };
}

/** The most precise range that a type is in says how it is liked. */
function qualityOf(type: string, ranges: readonly Range[]): number {
  for (const pattern of [type, type.replace(/\/.*/, '/*'), '*/*']) {
    const range = ranges.find((one) => one.pattern === pattern);
    if (range !== undefined) return range.quality;
  }
  return 0;
}
