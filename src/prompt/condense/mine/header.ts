/** What stands before the message of a line: when, where, how grave. */
export interface Header {
  /** Where the message begins; 0 where there is no header. */
  readonly end: number;
  /** How grave the line says it is, in one letter: F, E, W, I, D or T; null where it says nothing. */
  readonly level: Level | null;
}

export type Level = 'F' | 'E' | 'W' | 'I' | 'D' | 'T';

const NO_HEADER: Header = { end: 0, level: null };

/** No header is longer: a line is only looked at so far. */
const LONGEST = 320;

const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const CLOCK = String.raw`\d{1,2}:\d\d:\d\d(?:[.,:]\d{1,9})?`;
const ZONE = String.raw`(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?`;

/** The ways in which a moment is written. */
const MOMENTS = [
  String.raw`\d{4}[-/.]\d\d[-/.]\d\d[T _-]${CLOCK}${ZONE}`,
  String.raw`\d{4}-\d\d-\d\d-\d\d\.\d\d\.\d\d(?:\.\d{1,9})?`,
  String.raw`\d{8}[T -]${CLOCK}${ZONE}`,
  String.raw`\d\d[-/.]\d\d(?:[-/.]\d\d(?:\d\d)?)?[T ]${CLOCK}`,
  String.raw`\d{1,2}[/ -]${MONTH}[/ -]\d{4}[: ]${CLOCK}${ZONE}`,
  String.raw`(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?${MONTH} +\d{1,2},? (?:\d{4},? )?${CLOCK}(?: \d{4})?`,
  String.raw`\d{6} \d{6}`,
  String.raw`1\d{9}(?:\d{3})?(?:\.\d{1,9})?`,
  String.raw`\d{4}[-/.]\d\d[-/.]\d\d`,
  CLOCK,
].join('|');

/** A moment, after what machines put before it: labels, names and numbers, none of them a word with a sign of speech. */
const MOMENT = new RegExp(String.raw`(?:^|(?<=[ \t[(|]))[[(<]?(?:${MOMENTS})[\])>]?(?=$|[\s,|:\]])`, 'g');

/** So many words may stand before the first moment. */
const WORDS_BEFORE = 5;

const SEPARATORS = /[\s,|]*(?:(?:-+|–|:) +)?/y;
const LEVEL =
  /[[(<"]?(FATAL|CRITICAL|CRIT|ALERT|EMERG|PANIC|SEVERE|FAILURE|ERROR|ERR|WARNING|WARN|NOTICE|INFO|DEBUG|TRACE|VERBOSE|FINE|Fatal|Critical|Error|Err|Warning|Warn|Notice|Info|Information|Debug|Trace|Verbose|fatal|crit|critical|error|err|warning|warn|notice|info|debug|trace|[FEWIDTV](?=[ /]))[\])>"]?:?(?=\s|\||$|\/)/y;
const NUMBER = /-?\d+(?=[\s|])/y;
const BRACKETS = /[[(](?:[^[\]()]|[[(][^[\]()]*[\])])*[\])]:?(?=\s|$)/y;
/** `kernel:`, `sshd[24200]:`, `su(pam_unix)[21416]:`, `com.apple.xpc[1] (com.a.b[22]):`, `WindowManager:`, `app/main.c:12:` */
const TAG = /[A-Za-z_][\w.$/@:+*#-]*(?:\([\w.-]*\))?(?:\[[\w/.-]+\])?(?: \([\w.-]+(?:\[\d+\])?\))?:(?=\s|$)/y;
const ADDRESS = / \([\w.-]+(?:\[\d+\])?\):(?=\s|$)/y;
/** A tag that names its process, with or without a colon. */
const PROCESS = /(?:[A-Z][a-z]+ )?[\w./-]*[A-Za-z][\w./-]*(?:\([\w.-]*\))?\[\d+\]:?(?=\s|$)/y;
const HOST = /[A-Za-z0-9_](?:[\w.@/:-]*[\w/])?(?= +\S)/y;
/** A column of its own: padded, or followed by a dash. */
const COLUMN = /[A-Za-z_][\w.$:/-]*(?=\s{2,}|\t)|[A-Za-z_][\w.$:/-]*(?: [^\s[(]\S*)?(?= - )/y;
/** A field between bars. */
const FIELD = /[^\s|]+\|/y;
/** What Kubernetes and GitLab put between the moment and the line of a container. */
const CONTAINER = /(?:stdout|stderr) [FP] |\d\d[OE](?:\+| (?=.))/y;
/** A qualified name: `nova.osapi_compute.wsgi.server`. */
const QUALIFIED = /[a-z_][\w$]*(?:\.[\w$]+){2,}(?=\s)/y;

const LEVELS: Readonly<Record<string, Level>> = {
  fatal: 'F',
  critical: 'F',
  crit: 'F',
  alert: 'F',
  emerg: 'F',
  panic: 'F',
  severe: 'E',
  failure: 'E',
  error: 'E',
  err: 'E',
  warning: 'W',
  warn: 'W',
  notice: 'I',
  info: 'I',
  information: 'I',
  debug: 'D',
  fine: 'D',
  trace: 'T',
  verbose: 'T',
  f: 'F',
  e: 'E',
  w: 'W',
  i: 'I',
  d: 'D',
  t: 'T',
  v: 'T',
};

/** How grave a word of loggers is, or a number as those of pino, bunyan and journald; null for any other. */
export function levelOf(word: string): Level | null {
  const number = Number(word);
  if (!Number.isInteger(number)) return LEVELS[word.toLowerCase()] ?? null;
  if (number >= 10) return number >= 60 ? 'F' : number >= 50 ? 'E' : number >= 40 ? 'W' : 'I';
  return number <= 2 ? 'F' : number === 3 ? 'E' : number === 4 ? 'W' : 'I';
}

/** Reads what stands before a line's message: a moment, a level, and what names the place that it comes from. */
export function headerOf(line: string): Header {
  const moment = lastMoment(line);
  if (moment === null) return levelFirst(line);
  let at = moment.end;
  let level: Level | null = null;
  let before = at;
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(line);
    if (found === null) return null;
    if (pattern !== SEPARATORS) before = at;
    at += found[0].length;
    return found[1] ?? found[0];
  };
  const skip = (): void => void take(SEPARATORS);
  const takeLevel = (): boolean => {
    const found = level === null ? take(LEVEL) : null;
    if (found === null) return false;
    level = LEVELS[found.toLowerCase()] ?? null;
    return true;
  };
  skip();
  for (let words = 0; words < 6 && at < LONGEST; words += 1) {
    if (take(CONTAINER) !== null) {
      const inner = headerOf(line.slice(at));
      return { end: at + inner.end, level: inner.level };
    }
    if (takeLevel() || take(FIELD) !== null || take(NUMBER) !== null) {
      skip();
      continue;
    }
    if (take(PROCESS) !== null) {
      if (take(ADDRESS) !== null || line[at - 1] === ':') break;
      skip();
      continue;
    }
    // A level that is near says that all before it belongs to the header too.
    const near = level === null ? nearLevel(line, at) : -1;
    if (near >= 0) {
      at = near;
      continue;
    }
    if (isHost(line, at, moment.isSyslog)) {
      take(HOST);
      skip();
      continue;
    }
    if (take(TAG) !== null) break;
    if ((level !== null || words === 0) && take(COLUMN) !== null) break;
    if (level !== null && (take(BRACKETS) !== null || take(QUALIFIED) !== null)) {
      skip();
      continue;
    }
    break;
  }
  skip();
  return { end: at >= line.length ? before : at, level };
}

/** When a line says that it was, in its own words; null where it says nothing of that. */
export function momentOf(line: string): string | null {
  MOMENT.lastIndex = 0;
  const head = line.length > LONGEST ? line.slice(0, LONGEST) : line;
  const found = MOMENT.exec(head);
  if (found !== null && isPreamble(head, 0, found.index)) return found[0].replaceAll(/^[[(<]|[\])>]$/g, '');
  const [, quoted, bare] = NAMED_MOMENT.exec(line) ?? [];
  return quoted ?? bare ?? null;
}

/** As JSON lines and logfmt have it. */
const NAMED_MOMENT =
  /(?:^|[\s,{])"?(?:time|ts|timestamp|@timestamp|datetime|date|__REALTIME_TIMESTAMP)"?\s*[=:]\s*(?:"([^"]{8,40})"|(\d[\dT:.Z+-]{7,39}))/i;

interface Moment {
  readonly end: number;
  /** It is written as syslog does: a host comes next. */
  readonly isSyslog: boolean;
}

/** The last of the moments that a line begins with. */
function lastMoment(line: string): Moment | null {
  let end = -1;
  MOMENT.lastIndex = 0;
  const head = line.length > LONGEST ? line.slice(0, LONGEST) : line;
  let from = 0;
  for (let found = MOMENT.exec(head); found !== null; found = MOMENT.exec(head)) {
    if (!isPreamble(head, from, found.index)) break;
    end = from = MOMENT.lastIndex;
  }
  return end < 0 ? null : { end, isSyslog: SYSLOG_MOMENT.test(head.slice(0, end)) };
}

/** Whether what stands there is names and numbers: words that nobody would say. */
function isPreamble(head: string, start: number, end: number): boolean {
  if (end <= start) return true;
  const before = head.slice(start, end).trim();
  if (before === '' || (start === 0 && JOB.test(head.slice(0, end)))) return true;
  const words = before.split(/\s+/);
  if (words.length > WORDS_BEFORE) return false;
  if (start === 0 && /^(?:\d+|-)$/.test(words[0] ?? '')) return true;
  return words.every((word) => (/[\d.|[\]_-]/.test(word) && !/[:,;]$/.test(word)) || /^[A-Z]+$/.test(word));
}

/** A job and its step, as `gh run view --log` has them. */
const JOB = /^[^\t]{1,99}\t[^\t]{1,99}\t\uFEFF?$/;

/** Where a level stands within the next four words, which are in capitals or names; -1 where none does. */
function nearLevel(line: string, at: number): number {
  NEAR.lastIndex = at;
  const found = NEAR.exec(line);
  return found === null ? -1 : at + found[0].length;
}
const NEAR =
  /(?:(?:[A-Z][A-Z0-9_]*|[\w.-]*\d[\w.:-]*|\[[^\]\s]*\])[ \t]+){1,3}(?=(?:FATAL|CRITICAL|SEVERE|FAILURE|ERROR|WARNING|WARN|INFO|DEBUG|TRACE)[\s:])/y;

/** Whether a host comes next, as in syslog: one word, and then the tag of a process. */
function isHost(line: string, at: number, isSyslog: boolean): boolean {
  const pattern = isSyslog ? HOST_AND_TAG : HOST_AND_PROCESS;
  pattern.lastIndex = at;
  return pattern.test(line);
}
const SYSLOG_MOMENT = /[A-Z][a-z][a-z] +\d{1,2} [\d:.]+$/;
const HOST_AND_PROCESS = /[A-Za-z0-9_](?:[\w.@/:-]*[\w/])? +[\w./-]+\[\d+\]:? /y;
const HOST_AND_TAG =
  /[A-Za-z0-9_](?:[\w.@/:-]*[\w/])? +(?:-- +)?(?:[A-Za-z_][\w.$/@+-]*(?: [\d.]+)?(?:\([\w.-]*\))?(?:\[[\w/.-]+\])?(?: \([\w.-]+(?:\[\d+\])?\))?:(?=\s|$)|(?:[A-Z][a-z]+ )?[\w./-]+\[\d+\])/y;

/** `ERROR: …`, `[WARN] …`, `E/Tag: …`: a level without a moment. */
function levelFirst(line: string): Header {
  LEVEL.lastIndex = 0;
  const found = LEVEL.exec(line);
  if (found === null) return NO_HEADER;
  const [whole, word = ''] = found;
  if (/^[a-z]/.test(word) && !/[\]:)>]$/.test(whole)) return NO_HEADER;
  if (word.length === 1) return NO_HEADER;
  SEPARATORS.lastIndex = whole.length;
  return { end: whole.length + (SEPARATORS.exec(line)?.[0].length ?? 0), level: LEVELS[word.toLowerCase()] ?? null };
}
