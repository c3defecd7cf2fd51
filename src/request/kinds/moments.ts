import { type Kind, kindOf } from './kind.ts';
import { lifetime } from './durations.ts';

const EXPECTED =
  'a day such as 2026-11-30, a time such as 2026-11-30T09:00, today, yesterday, or how long ago: 24h, 7d';

/** A time, ISO 8601 in UTC: days and times without a zone are those of this machine, and a duration is that long ago. */
export const moment: Kind<string> = kindOf({
  parse(value) {
    const text = String(value).trim();
    const at = timeOf(text.toLowerCase(), text);
    if (Number.isNaN(at.getTime())) throw new Error(EXPECTED);
    return at.toISOString();
  },
  expected: 'a time in ISO 8601',
  schema: { type: 'string', pattern: String.raw`^\d{4}-\d\d-\d\dT[\d:.]+Z$` },
});

function timeOf(word: string, text: string): Date {
  if (word === 'today') return midnight(0);
  if (word === 'yesterday') return midnight(-1);
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return dateOf(`${text}T00:00`);
  if (/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text)) return dateOf(text.replace(' ', 'T'));
  if (/^\d+(?:\.\d+)?(?:ms|[smhd])/.test(word)) return new Date(Date.now() - lifetime.parse(word));
  throw new Error(EXPECTED);
}

/** Some engines take the 31st of February for one of March. */
function dateOf(text: string): Date {
  const date = new Date(text);
  const day = Number(text.slice(8, 10));
  const isThere = day <= new Date(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0).getDate();
  return isThere ? date : new Date(Number.NaN);
}

function midnight(days: number): Date {
  const now = new Date();
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
}
