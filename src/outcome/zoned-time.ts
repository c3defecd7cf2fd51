/** What a clock on a wall and the calendar beside it show; `month` counts from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** A time zone: its name in the IANA database, or minutes east of UTC. */
export type Zone = string | number;

const MINUTE_MS = 60_000;

/** The zone that this machine keeps. */
export function localZone(): Zone {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Zones that people write for short, each for both halves of the year: which half it is follows from the date. */
const ABBREVIATIONS = new Map([
  ['ET', 'America/New_York'],
  ['CT', 'America/Chicago'],
  ['MT', 'America/Denver'],
  ['PT', 'America/Los_Angeles'],
]);

/**
 * The zone that a text names: an IANA name, `UTC`, an offset such as `+02:00` or `UTC-5`, or a zone of the United States
 * for short (`PT`, `PST`, `PDT`). Null for any other.
 */
export function zoneNamed(text: string): Zone | null {
  const offset = /^(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?$/i.exec(text);
  if (offset !== null) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
    return offset[1] === '-' ? -minutes : minutes;
  }
  if (/^(?:Z|UTC|GMT)$/i.test(text)) return 0;
  const name = ABBREVIATIONS.get(text.toUpperCase().replace(/[SD]T$/, 'T')) ?? text;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/** What is shown in a zone at an instant, in epoch milliseconds. */
export function wallTimeAt(instant: number, zone: Zone): WallTime {
  if (typeof zone === 'number') return utcFields(new Date(instant + zone * MINUTE_MS));
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const field = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  return {
    year: field('year'),
    month: field('month'),
    day: field('day'),
    hour: field('hour'),
    minute: field('minute'),
    second: field('second'),
  };
}

/**
 * The instant at which a zone shows this, in epoch milliseconds; what a change of the clocks leaves out is an hour later,
 * and of what it shows twice it is the first. Null for what no calendar has.
 */
export function instantOf(wall: WallTime, zone: Zone): number | null {
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);
  if (!isSame(utcFields(new Date(asUtc)), wall)) return null;
  // The offset that counts is the one of a day before or after: clocks change twice a year.
  const instants = [-1, 1].map((days) => asUtc - offsetAt(asUtc + days * 24 * 60 * MINUTE_MS, zone));
  return instants.find((instant) => instant + offsetAt(instant, zone) === asUtc) ?? Math.max(...instants);
}

/** How far a zone is ahead of UTC at an instant, in milliseconds. */
function offsetAt(instant: number, zone: Zone): number {
  const { year, month, day, hour, minute, second } = wallTimeAt(instant, zone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}

function utcFields(date: Date): WallTime {
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}

function isSame(one: WallTime, other: WallTime): boolean {
  return (
    one.year === other.year &&
    one.month === other.month &&
    one.day === other.day &&
    one.hour === other.hour &&
    one.minute === other.minute &&
    one.second === other.second
  );
}
