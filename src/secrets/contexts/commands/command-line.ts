import { skipBackslashes } from '../backslashes.ts';
import { DOTTED, BLANK, isIn, QUOTES, WHITESPACE } from '../../scan/alphabets.ts';
import { codesOf, BACKSLASH, DOLLAR, DOT, HYPHEN, LETTER_N, NEWLINE, RETURN, UNDERSCORE } from '../../scan/codes.ts';
import { looksDrawn } from '../../judge/looks-drawn.ts';
import { startsToken } from '../../scan/left-edge.ts';
import type { Reader } from '../../scan/reader.ts';
import { anchorAt, type Anchor, type Span } from '../../scan/span.ts';
import { COMMANDS, type Command } from './commands.ts';
import { secretNameOf } from '../assignment/secret-name.ts';
import { NO_SECRETS } from '../files/kubernetes-secret.ts';
import { cookiesAt } from '../web/cookie.ts';
import { literalAt, quotedAt, textOf, wordAt, type Literal } from '../literal.ts';
import { isStandIn } from '../../judge/stand-in.ts';
import { isStrongWord } from '../../judge/strong-word.ts';

const MAX_LINE = 2048;
const MAX_ARGUMENT = 256;
const MAX_ARGUMENTS = 32;
/** A sentence has words, a command has flags: after so many words without one, nothing is looked for any more. */
const MAX_WORDS = 4;
const MAX_NAME = 32;
/** `<user:password>` in a manual. */
const STAND_IN_PAIR = /^<[a-z _.-]+:[a-z _.-]+\d{0,2}>?$/i;
const SHORT_NAME = 4;
const MAX_BLANKS = 32;
/** How many backslashes a backslash and `\n` have then. */
const WRITTEN_ENDS = new Set([3, 6]);
/** What ends a command: the next one, a pipe, a comment, a bracket around it. */
const ENDS = codesOf(';|)#`');

/** What the name of another computer's folder begins with: `net use` has the password behind it. */
const NETWORK_PATH = '\\\\';

/** What further commands begin with, such as `mysqldump`. */
const FAMILIES = ['mysql', 'mariadb', 'mongo', 'snmp', 'ldap', 'psexec'];

const NAMES: readonly (readonly [name: string, command: Command])[] = Object.entries(COMMANDS);
const COMMAND_NAMES = new Map(NAMES);

/** The secrets among the arguments of a command, anywhere on its line or on those it goes on with. */
export const COMMAND_ANCHORS: readonly Anchor[] = NAMES.flatMap(([name, command]) =>
  marksOf(name, command).map((mark) =>
    anchorAt(mark, (reader, start) => parseCommand(reader, start, start + name.length)),
  ),
);

/** A short name stands in too many words; a blank is a sure sign of the command, and a verb a surer one. */
function marksOf(name: string, { verbs = [''] }: Command): readonly string[] {
  if (name.length > SHORT_NAME || FAMILIES.includes(name)) return [name];
  return [...verbs.map((verb) => `${name} ${verb}`), `${name}.exe`];
}

function parseCommand(reader: Reader, start: number, anchorEnd: number): readonly Span[] | undefined {
  if (!beginsCommand(reader, start)) return undefined;
  const nameEnd = reader.skip(DOTTED, anchorEnd, anchorEnd + MAX_NAME);
  if (!isIn(BLANK, reader.at(nameEnd))) return undefined;
  // The same command over again: nothing is looked for in a text of them.
  if (reader.sees(reader.text.slice(start, nameEnd).toLowerCase(), nameEnd + 1)) return undefined;
  const command = commandNamed(reader.text.slice(start, nameEnd));
  return command === null ? undefined : new Arguments(reader, command, nameEnd).secrets();
}

/** A command stands behind whitespace, a path, a quote or a bracket; not behind a dot, a hyphen, in a word. */
function beginsCommand(reader: Reader, start: number): boolean {
  const previous = reader.before(start);
  return (
    startsToken(reader, start) &&
    previous !== UNDERSCORE &&
    previous !== HYPHEN &&
    previous !== DOT &&
    previous !== DOLLAR
  );
}

const MAX_REMEMBERED = 1000;
const remembered = new Map<string, Command | null>();

/** The command of this name or family, or null; `PsExec64.exe` is of psexec's. */
function commandNamed(name: string): Command | null {
  const known = remembered.get(name);
  if (known !== undefined) return known;
  const base = name.toLowerCase().replace(/(?:64)?\.(?:exe|py)$/, '');
  const family = FAMILIES.find((stem) => base.startsWith(stem) && /^[-_a-z0-9]{1,16}$/.test(base.slice(stem.length)));
  const answer = COMMAND_NAMES.get(base) ?? COMMAND_NAMES.get(family ?? '') ?? null;
  // Names come from the text, so that hostile text could fill the memory.
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(name, answer);
  return answer;
}

/** One reading of a command's arguments, from left to right. */
class Arguments {
  readonly #reader: Reader;
  readonly #command: Command;
  readonly #from: number;
  readonly #found: Span[] = [];
  #words = 0;
  #operands = 0;
  #operandWord = '';
  #operandBefore = '';
  #isAfter: boolean;
  #htpasswd = '';

  constructor(reader: Reader, command: Command, from: number) {
    this.#reader = reader;
    this.#command = command;
    this.#from = from;
    this.#isAfter = command.after === undefined;
  }

  secrets(): readonly Span[] | undefined {
    const reader = this.#reader;
    let index = this.#from;
    let goesOnInQuotes = false;
    for (let count = 0; count < MAX_ARGUMENTS && this.#words <= MAX_WORDS; count += 1) {
      const start = skipToArgument(reader, index);
      if (start === undefined || start - this.#from > MAX_LINE) break;
      const argument = networkPathAt(reader, start) ?? literalAt(reader, start, 0, MAX_ARGUMENT);
      if (argument.next <= start) break;
      const text = textOf(reader, argument);
      // A quote right behind a word closes the string that the command stands in.
      if (start === index && (isIn(QUOTES, reader.at(start)) || reader.at(start) === BACKSLASH) && !goesOnInQuotes)
        break;
      goesOnInQuotes = !argument.quoted && (text.startsWith('-') || text.endsWith('=') || text.endsWith(':'));
      // Another command looks after its own arguments; without this, a line of nothing but commands would take its square.
      const isNext = !argument.quoted && isCommand(text);
      index = this.#take(argument, text);
      if (isNext) break;
    }
    return this.#found.length > 0 ? this.#found : undefined;
  }

  /** Reads one argument, and the next as well when it belongs to it; returns where to go on. */
  #take(argument: Literal, text: string): number {
    const command = this.#command;
    if (command.after?.includes(text) === true) this.#isAfter = true;
    const sign = /^-?[-/]?[\w.-]+[=:]/.exec(text)?.[0];
    const joined = sign !== undefined && !argument.quoted ? sign.slice(0, -1) : undefined;
    if (joined !== undefined && this.#isFlag(joined)) {
      const value = literalAt(this.#reader, argument.start + joined.length + 1, 0, MAX_ARGUMENT);
      this.#keep(joined, value);
      return Math.max(value.next, argument.next);
    }
    if (this.#isFlag(text)) {
      const start = skipToArgument(this.#reader, argument.next);
      if (start === undefined) return argument.next;
      const value = literalAt(this.#reader, start, 0, MAX_ARGUMENT);
      // `-p 80:80`, `--password -u me`: the next flag is no value.
      const isNone = !value.quoted && (this.#reader.at(start) === HYPHEN || isCommand(textOf(this.#reader, value)));
      if (value.next <= start || isNone) return argument.next;
      this.#keep(text, value);
      this.#words = 0;
      return value.next;
    }
    const glued = this.#gluedFlag(text);
    if (glued !== undefined) {
      const value = literalAt(this.#reader, argument.start + glued.length, 0, MAX_ARGUMENT);
      this.#keep(glued, value);
      return Math.max(value.next, argument.next);
    }
    // Manuals write a hyphen with a backslash.
    if (/^\\?-/.test(text) || (text.startsWith('/') && !text.includes('/', 1))) {
      this.#words = 0;
      if (command.switches?.includes('-b') === true && /^-[a-zA-Z0-9]+$/.test(text)) this.#htpasswd += text.slice(1);
      return argument.next;
    }
    this.#words += 1;
    this.#operand(argument, text);
    return argument.next;
  }

  #isFlag(text: string): boolean {
    if (!this.#isAfter) return false;
    const { secret, pair, cookies, setting } = this.#command;
    return [secret, pair, cookies, setting].some((flags) => includesFlag(flags, text));
  }

  #gluedFlag(text: string): string | undefined {
    const { glued, pair } = this.#command;
    if (!this.#isAfter || !text.startsWith('-') || text.startsWith('--')) return undefined;
    const flags = [...(glued ?? []), ...(pair ?? []).filter((flag) => flag.length === 2)];
    return flags.find((flag) => text.startsWith(flag) && text.length >= flag.length);
  }

  #keep(flag: string, value: Literal): void {
    const { pair, cookies, setting, joint = ':' } = this.#command;
    let { start } = value;
    if (includesFlag(cookies, flag)) {
      this.#found.push(...cookiesAt(this.#reader, start, value.end));
      return;
    }
    const text = textOf(this.#reader, value);
    if (includesFlag(pair, flag)) {
      this.#keepPair(value, text, joint);
      return;
    }
    if (includesFlag(setting, flag)) {
      this.#keepSettings(value.start, text);
      return;
    }
    if (/^(?:pass|str):/.test(text)) start += text.indexOf(':') + 1;
    else if (/^(?:env|file|fd|stdin|base64|keychain):?/.test(text)) return;
    this.#mask(start, value.end);
  }

  /** The password behind the user's name, also in quotes of its own; where it is empty, the name is a token. */
  #keepPair(value: Literal, text: string, joint: string): void {
    const reader = this.#reader;
    const at = [...text].findIndex((character) => joint.includes(character));
    const isJoined = at < 0 && value.quoted && joint.includes(reader.text.charAt(value.next));
    if (at < 0 && !isJoined) return;
    // `--from-literal=username=jo`: what is paired there are the names of fields and their values.
    if (STAND_IN_PAIR.test(text) || (joint === '=' && NO_SECRETS.test(text.slice(0, Math.max(at, 0))))) return;
    const rest = isJoined ? value.next + 1 : value.start + at + 1;
    if (!isJoined && rest < value.end) {
      this.#mask(rest, value.end);
      return;
    }
    const quoted = isJoined || !value.quoted ? quotedAt(reader, rest, MAX_ARGUMENT) : undefined;
    if (quoted !== undefined) this.#mask(quoted.start, quoted.end);
    else if (at > 0 && isStrongWord(text.slice(0, at))) this.#mask(value.start, rest - 1);
  }

  /** `db.user=jo,db.password=…` */
  #keepSettings(start: number, text: string): void {
    for (const { index, 0: pair } of text.matchAll(/[^,]+/g)) {
      const sign = pair.indexOf('=');
      if (namesSecret(pair.slice(0, Math.max(0, sign))))
        this.#mask(start + index + sign + 1, start + index + pair.length);
    }
  }

  #operand(argument: Literal, text: string): void {
    const { operand = [], login, switches } = this.#command;
    const { start, end } = argument;
    if (login === true) this.#login(argument, text);
    const mark = text.startsWith(NETWORK_PATH) ? NETWORK_PATH : text.toLowerCase();
    if (operand.some(({ word }) => word === mark)) {
      this.#operandWord = mark;
      this.#operands = 0;
      this.#words = 0;
      return;
    }
    this.#operands += 1;
    for (const { word = '', place, drawn = false, notPlain = false, named = false } of operand) {
      if (word !== this.#operandWord || place !== this.#operands) continue;
      if (named && !namesSecret(this.#operandBefore)) continue;
      const isWord = notPlain && !argument.quoted && /^[A-Za-z]*$/.test(text);
      if (drawn ? isDrawn(this.#reader, argument) : !isWord) this.#mask(start, end);
    }
    this.#operandBefore = text;
    if (switches?.includes('-b') === true && this.#htpasswd.includes('b')) {
      if (this.#operands === (this.#htpasswd.includes('n') ? 2 : 3)) this.#mask(start, end);
    }
  }

  /** `user/password@where`, `user/"pass@word"@where` */
  #login({ start, end }: Literal, text: string): void {
    const slash = text.indexOf('/');
    if (slash <= 0 || this.#operands > 0) return;
    const at = text.lastIndexOf('@');
    this.#mask(start + slash + 1, at > slash ? start + at : end);
  }

  #mask(start: number, end: number): void {
    const secret = unbraced(this.#reader.text.slice(start, end));
    if (end > start && /[\p{L}\d]/u.test(secret) && !isStandIn(secret)) {
      this.#found.push({ kind: 'password', start, end });
    }
  }
}

/** Whether the last part of a path does: `app/db/password`, `Smtp:Password`. */
function namesSecret(path: string): boolean {
  return secretNameOf(path.split(/[/:.]/).at(-1) ?? '') !== null;
}

/** What stands in braces of its own, `{Zq5kVrX1n8}`, unless it is a template: `{password}`. */
function unbraced(secret: string): string {
  const inner = /^\{([^{}]+)\}$/.exec(secret)?.[1] ?? '';
  return isStrongWord(inner) ? inner : secret;
}

/** Flags of PowerShell are read in any case, where the table has them in small letters. */
function includesFlag(flags: readonly string[] | undefined, text: string): boolean {
  if (flags === undefined) return false;
  return flags.includes(text) || (text.length > 3 && flags.includes(text.toLowerCase()));
}

function isDrawn(reader: Reader, { start, end }: Literal): boolean {
  return (
    end - start >= 16 &&
    looksDrawn(reader.text, start, end) &&
    !/[\\/]\w+\.|^https?:/.test(reader.text.slice(start, end))
  );
}

/** Whether an argument ends in the name of a command, after which that command's own arguments begin. */
function isCommand(text: string): boolean {
  let start = text.length;
  while (start > 0 && text.length - start <= MAX_NAME && isIn(DOTTED, text.charCodeAt(start - 1))) start -= 1;
  return start < text.length && text.length - start <= MAX_NAME && commandNamed(text.slice(start)) !== null;
}

/** `\\\\host\\share`, whose name may begin with a letter that would end a line behind a backslash. */
function networkPathAt(reader: Reader, start: number): Literal | undefined {
  const host = skipBackslashes(reader, start);
  if (host < start + NETWORK_PATH.length) return undefined;
  const hostEnd = reader.skip(DOTTED, host, host + MAX_NAME);
  const share = skipBackslashes(reader, hostEnd);
  if (hostEnd === host || share === hostEnd) return undefined;
  const word = wordAt(reader, share, 0, MAX_ARGUMENT);
  return word.end === share ? undefined : { ...word, start };
}

/** Past the blanks before the next argument, and the end of a line that goes on; undefined at the command's end. */
function skipToArgument(reader: Reader, from: number): number | undefined {
  let index = from;
  for (; index - from < MAX_BLANKS; index += 1) {
    const code = reader.at(index);
    if (isIn(BLANK, code)) continue;
    // A backslash before the end of the line, either of them written out in a string, or in a string of a string.
    const end = skipBackslashes(reader, index);
    const isRealEnd = end === index + 1 && isIn(WHITESPACE, reader.at(end)) && !isIn(BLANK, reader.at(end));
    if (isRealEnd || (WRITTEN_ENDS.has(end - index) && reader.at(end) === LETTER_N)) index = end;
    else break;
  }
  const code = reader.at(index);
  if (code === -1 || code === NEWLINE || code === RETURN || ENDS.has(code)) return undefined;
  if (code === BACKSLASH && (isIn(WHITESPACE, reader.at(index + 1)) || reader.at(index + 1) === 110)) return undefined;
  if (code === 38 && reader.at(index + 1) === 38) return undefined;
  return index;
}
