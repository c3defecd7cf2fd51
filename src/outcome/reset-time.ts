import { instantOf, localZone, wallTimeAt, type WallTime, type Zone, zoneNamed } from './zoned-time.ts';

/**
 * When a limit ends, as the text of an error tells it: in epoch milliseconds, which may be past; null where it tells
 * nothing. Forms that were met, and where:
 *
 *     Claude AI usage limit reached|1749924000                          claude 1.0, epoch seconds
 *     Your limit will reset at 9am (America/Chicago)                    claude 1.0
 *     5-hour limit reached ∙ resets 8pm                                 claude 1.0 and 2.0, in this machine's own zone
 *     resets 12:50am (Europe/Paris), resets Oct 3 at 5pm (UTC),
 *     resets Jan 2, 2027, 5:30am (Asia/Seoul)                           claude 2.1.197, 2.1.332
 *     spend limit reached · resets Aug 8                                claude 2.1.332 behind a gateway, in UTC
 *     You will regain access on 2026-12-01 at 00:00 UTC                 Messages API
 *     Please try again in 1m30s, Please retry after 26 seconds          gateways
 *
 * A time of day without a date is the next one to come, or this very minute: claude leaves the seconds out. A date
 * without a year is the one nearest to now.
 * @param now in epoch milliseconds
 * @param zone where times are meant that name no zone
 */
export function resetTimeIn(text: string, now: number, zone: Zone = localZone()): number | null {
  const stamp = /\|(\d{10}(?:\d{3})?)\b/.exec(text)?.[1];
  if (stamp !== undefined) return Number(stamp) * (stamp.length === 10 ? 1000 : 1);
  for (const { index, 0: anchor } of text.matchAll(ANCHOR)) {
    const start = index + anchor.length;
    const told = text.slice(start, start + LONGEST);
    for (const read of [readWait, readDate, readNamedDay, readTimeOfDay]) {
      const instant = read(told, now, zone);
      if (instant !== null) return instant;
    }
  }
  return null;
}

/** The words after which the end of a limit is told. */
const ANCHOR =
  /\b(?:reset(?:s|ting)?|regain access|renew(?:s|ed)?|try again|retry|wait|available(?: again)?|until)\b[:\s]*(?:(?:at|on|by|after|from|until)\s+)?/gi;

/** How many characters after them are read. */
const LONGEST = 80;

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const PIECE =
  /(?<amount>\d{1,9}(?:\.\d+)?)\s*(?:(?<ms>ms|milliseconds?)|(?<seconds>s|secs?|seconds?)|(?<minutes>m|mins?|minutes?)|(?<hours>h|hrs?|hours?)|(?<days>d|days?))(?![a-z])[\s,]*(?:and\s+)?/iy;

/** `in 3 hours`, `30 seconds`, `1m30s`. */
function readWait(text: string, now: number): number | null {
  let wait: number | null = null;
  PIECE.lastIndex = /^(?:(?:in|for|another|about)\s+|~\s*)*/i.exec(text)?.[0].length ?? 0;
  for (let piece = PIECE.exec(text); piece !== null; piece = PIECE.exec(text)) {
    wait = (wait ?? 0) + Number(piece.groups?.['amount']) * unitOf(piece.groups ?? {});
  }
  return wait === null ? null : now + wait;
}

function unitOf(groups: Groups): number {
  if (groups['ms'] !== undefined) return 1;
  if (groups['seconds'] !== undefined) return SECOND_MS;
  if (groups['minutes'] !== undefined) return MINUTE_MS;
  return groups['hours'] === undefined ? DAY_MS : HOUR_MS;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const CLOCK =
  '(?:(?<hour12>\\d{1,2})(?::(?<minute12>\\d{2}))?\\s*(?<half>[ap])\\.?m\\b\\.?|(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:\\.\\d+)?)?)';
const ZONE =
  '(?:\\s*(?:\\((?<bracketed>[\\w/+:-]{1,40})\\)|(?<zone>(?:UTC|GMT)(?:[+-]\\d{1,2}(?::?\\d{2})?)?|[ECMP][SD]?T|Z|[+-]\\d{2}:?\\d{2})(?![\\w/])))?';
const TIME = `(?:(?:T|,?\\s+(?:at\\s+)?)${CLOCK})?${ZONE}`;
const YEAR = '(?:,?\\s+(?<year>\\d{4})(?![\\d:]))?';
const MONTH = `(?<month>${MONTHS.join('|')})[a-z]*\\.?`;
const DAY = '(?<day>\\d{1,2})(?:st|nd|rd|th)?\\b';

const DATES = [
  `(?<year>\\d{4})-(?<month>\\d{2})-(?<day>\\d{2})${TIME}`,
  `(?:[a-z]{3,9},?\\s+)?${MONTH}\\s+${DAY}${YEAR}${TIME}`,
  `(?:[a-z]{3,9},?\\s+)?${DAY}\\s+${MONTH}${YEAR}${TIME}`,
].map((form) => new RegExp(`^${form}`, 'i'));

const NAMED_DAY = new RegExp(
  `^(?<name>tomorrow|(?:sun|mon|tue(?:s)?|wed(?:nes)?|thu(?:r|rs)?|fri|sat(?:ur)?)(?:day)?)\\b${TIME}`,
  'i',
);
const TIME_OF_DAY = new RegExp(`^${CLOCK}${ZONE}(?<tomorrow>\\s+tomorrow\\b)?`, 'i');

type Groups = Readonly<Record<string, string | undefined>>;

/** `2026-12-01 at 00:00 UTC`, `Oct 3 at 5pm (UTC)`, `3 October, 17:00`. */
function readDate(text: string, now: number, local: Zone): number | null {
  const told = DATES.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined);
  if (told === undefined) return null;
  const { year, month = '', day } = told;
  const number = Number(month) || MONTHS.indexOf(month.toLowerCase()) + 1;
  const date = { month: number, day: Number(day) };
  // What a server writes in figures is UTC, and so is a date without a time: claude shows no more of a gateway's limit.
  const zone = zoneOf(told, Number(month) > 0 || !hasClock(told) ? 0 : local);
  if (zone === null) return null;
  if (year !== undefined) return instantAt({ ...date, year: Number(year) }, told, zone);
  const { year: current } = wallTimeAt(now, zone);
  const near = [current - 1, current, current + 1].map((each) => instantAt({ ...date, year: each }, told, zone));
  const distance = (instant: number | null): number => (instant === null ? Infinity : Math.abs(instant - now));
  return near.reduce((one, other) => (distance(other) < distance(one) ? other : one));
}

/** `tomorrow at 9am`, `Monday, 9am`: the next such day that is still to come. */
function readNamedDay(text: string, now: number, local: Zone): number | null {
  const told = NAMED_DAY.exec(text)?.groups;
  const zone = told && zoneOf(told, local);
  if (told === undefined || zone == null) return null;
  const today = wallTimeAt(now, zone);
  const weekday = new Date(Date.UTC(today.year, today.month - 1, today.day)).getUTCDay();
  const wanted = WEEKDAYS.indexOf((told['name'] ?? '').slice(0, 3).toLowerCase());
  const ahead = wanted === -1 ? 1 : (wanted - weekday + 7) % 7;
  const instant = instantAt(daysAfter(today, ahead), told, zone);
  return instant !== null && instant <= now ? instantAt(daysAfter(today, ahead + 7), told, zone) : instant;
}

/** `8pm (America/New_York)`, `5:17am`, `17:00`. */
function readTimeOfDay(text: string, now: number, local: Zone): number | null {
  const told = TIME_OF_DAY.exec(text)?.groups;
  const zone = told && zoneOf(told, local);
  if (told === undefined || zone == null) return null;
  const today = wallTimeAt(now, zone);
  const instant = told['tomorrow'] === undefined ? instantAt(today, told, zone) : null;
  const isToCome = instant !== null && instant + MINUTE_MS > now;
  return isToCome ? instant : instantAt(daysAfter(today, 1), told, zone);
}

type Day = Pick<WallTime, 'year' | 'month' | 'day'>;

function daysAfter({ year, month, day }: Day, days: number): Day {
  const date = new Date(Date.UTC(year, month - 1, day + days));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** A day at the time that {@link CLOCK} found; at midnight where it found none. */
function instantAt({ year, month, day }: Day, told: Groups, zone: Zone): number | null {
  const { hour12, minute12, half, hour, minute, second } = told;
  if (hour12 === undefined) {
    const time = { hour: Number(hour ?? 0), minute: Number(minute ?? 0), second: Number(second ?? 0) };
    return instantOf({ year, month, day, ...time }, zone);
  }
  const isHour = Number(hour12) >= 1 && Number(hour12) <= 12;
  const since = half?.toLowerCase() === 'p' ? 12 : 0;
  const time = { hour: (Number(hour12) % 12) + since, minute: Number(minute12 ?? 0), second: 0 };
  return isHour ? instantOf({ year, month, day, ...time }, zone) : null;
}

function hasClock({ hour12, hour }: Groups): boolean {
  return hour12 !== undefined || hour !== undefined;
}

/** The zone that {@link ZONE} found, or else the given one; null for one that nobody knows. */
function zoneOf({ bracketed, zone }: Groups, otherwise: Zone): Zone | null {
  const name = bracketed ?? zone;
  return name === undefined ? otherwise : zoneNamed(name);
}
