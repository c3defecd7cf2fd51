/**
 * Reads one option's value from what a layer holds; throws an Error that says what was expected, with the piece at fault
 * as its cause where that is not the whole value.
 */
export type Parse = (value: unknown) => unknown;

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

function isUnit(unit: string | undefined): unit is keyof typeof UNITS {
  return unit !== undefined && Object.hasOwn(UNITS, unit);
}

const DURATION = 'a duration such as 90s, 5m or 1h30m';

/** `90s`, `5m`, `1h30m`, `250ms`; a bare number is seconds. Gives milliseconds. */
export function parseDuration(value: unknown): number {
  return bounded(durationOf(value), DURATION);
}

/** A duration that nothing waits for, up to a year. Gives milliseconds. */
export function parseLifetime(value: unknown): number {
  const lifetime = durationOf(value);
  if (lifetime < 1 || lifetime > 366 * UNITS.d) throw new Error(`${DURATION}, from 1ms to 366d`);
  return Math.round(lifetime);
}

function durationOf(value: unknown): number {
  const text = String(value).trim();
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) throw new Error(DURATION);
  return parts.reduce((total, [, number, unit]) => total + Number(number) * (isUnit(unit) ? UNITS[unit] : 0), 0);
}

/** A duration, or 0 for no wait at all. Gives milliseconds. */
export function parseWait(value: unknown): number {
  return /^0+(?:ms|[smhd])?$/.test(String(value).trim()) ? 0 : parseDuration(value);
}

/** A duration as it can be typed again: the largest unit that gives a whole number. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds === 0) return '0';
  const unit = (['h', 'm', 's'] as const).find((name) => milliseconds % UNITS[name] === 0);
  return unit === undefined ? `${milliseconds}ms` : `${milliseconds / UNITS[unit]}${unit}`;
}

/** The longest delay that timers take, 2³¹ − 1 ms, is some 24 days. */
function bounded(milliseconds: number, expected: string): number {
  if (milliseconds < 1 || milliseconds > 2 ** 31 - 1) throw new Error(`${expected}, from 1ms to 24d`);
  return Math.round(milliseconds);
}

/** A whole number of milliseconds. */
export function parseMilliseconds(value: unknown): number {
  const text = String(value).trim();
  if (!/^\d+$/.test(text)) throw new Error('a whole number of milliseconds');
  return bounded(Number(text), 'a number of milliseconds');
}

/** `64k`, `10MiB`, `2m`; powers of 1024, or of 1000 when written `kB`, `MB`, `GB`. Gives bytes or characters. */
export function parseSize(value: unknown): number {
  const match = /^(\d+(?:\.\d+)?)\s*(?:([kmg])(b|ib)?|b)?$/i.exec(String(value).trim());
  if (!match) throw new Error('a size such as 64k, 10MiB or 20000');
  const base = match[3]?.toLowerCase() === 'b' ? 1000 : 1024;
  const power = match[2] === undefined ? 0 : 'kmg'.indexOf(match[2].toLowerCase()) + 1;
  return Math.round(Number(match[1]) * base ** power);
}

/** A size as it can be typed again. */
export function formatSize(size: number): string {
  const mebi = 1024 * 1024;
  if (size > 0 && size % mebi === 0) return `${size / mebi}MiB`;
  return size > 0 && size % 1024 === 0 ? `${size / 1024}KiB` : String(size);
}

/** A whole number, not negative. */
export function parseCount(value: unknown): number {
  const text = String(value).trim();
  if (!/^\d+$/.test(text)) throw new Error('a whole number');
  return Number(text);
}

/** A whole number above zero. */
export function parsePositive(value: unknown): number {
  const number = parseCount(value);
  if (number === 0) throw new Error('a whole number above 0');
  return number;
}

/** An amount, above zero. */
export function parseAmount(value: unknown): number {
  const amount = Number(String(value).trim() || 'none');
  if (!(amount > 0) || !Number.isFinite(amount)) throw new Error('a number above 0');
  return amount;
}

export function parseText(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') throw new Error('a text');
  return String(value);
}

/** Text that is not empty. */
export function parseName(value: unknown): string {
  const text = parseText(value);
  if (text.trim() === '') throw new Error('a name or a path', { cause: text });
  return text;
}

/** A list of values, or one; commas split a text of the environment or a file. */
export function parseList(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(parseText);
  return parseText(value)
    .split(',')
    .map((item) => item.trim());
}

/** A list of values, or one, none of them empty. Line ends split a text: commas may be part of a value. */
export function parseLines(value: unknown): string[] {
  const lines = Array.isArray(value)
    ? value.map(parseText)
    : parseText(value)
        .trim()
        .split(/(?:\r?\n)+/);
  if (lines.some((line) => line.trim() === '')) throw new Error('a text with something in it', { cause: '' });
  return lines;
}

/** Names, with commas or blanks between them. */
export function parseNames(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((item) =>
    parseName(item)
      .split(/[\s,]+/)
      .filter((name) => name !== ''),
  );
}

/** Names of variables. What stands behind a `=` was not meant to be seen. */
export function parseVariables(value: unknown): string[] {
  const names = parseNames(value);
  const assignment = names.find((name) => name.includes('='));
  if (assignment === undefined) return names;
  throw new Error('the name of a variable alone', { cause: `${assignment.slice(0, assignment.indexOf('='))}=…` });
}

/** Tools and permission rules, with commas or spaces between them: those inside `Bash(…)` do not count. */
export function parseToolList(value: unknown): string[] {
  return Array.isArray(value) ? value.map(parseText).flatMap(splitTools) : splitTools(parseText(value));
}

function splitTools(text: string): string[] {
  if (text === '') return [''];
  const rules: string[] = [];
  let rule = '';
  let depth = 0;
  for (const letter of text) {
    if (letter === '(') depth++;
    if (letter === ')') depth--;
    if (depth === 0 && /[\s,]/.test(letter)) {
      if (rule !== '') rules.push(rule);
      rule = '';
    } else rule += letter;
  }
  // A rule that lacks its end must not become the whole tool.
  if (depth !== 0) throw new Error('a list of tools or rules such as Bash(git log:*)', { cause: text });
  return rule === '' ? rules : [...rules, rule];
}

export function parseBoolean(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  const text = String(value).trim().toLowerCase();
  if (['1', 'true', 'yes', 'on'].includes(text)) return true;
  if (['0', 'false', 'no', 'off'].includes(text)) return false;
  throw new Error('true or false');
}

/** A value of a flag that may stand alone: true, or a text. */
export function parseOptional(value: unknown): boolean | string {
  return typeof value === 'boolean' ? value : parseText(value);
}

/** JSON in place, a file's path, or a list of either. */
export function parseJson(value: unknown): unknown {
  if (typeof value === 'string') {
    if (/^\s*[{[]/.test(value)) checkJson(value);
    return value;
  }
  if (typeof value === 'object' && value !== null) return value;
  throw new Error('JSON, or the path of a JSON file');
}

function checkJson(text: string): void {
  try {
    JSON.parse(text);
  } catch {
    throw new Error('valid JSON', { cause: text });
  }
}

/** One of a few names. */
export function parseChoice(choices: readonly string[]): Parse {
  return (value) => {
    if (typeof value === 'string' && choices.includes(value)) return value;
    throw new Error(`one of ${choices.join(', ')}`);
  };
}
