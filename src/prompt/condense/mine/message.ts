import { headerOf, levelOf, type Level } from './header.ts';

/** What a line says, without the form that a logger gave it. */
export interface Message {
  readonly text: string;
  readonly level: Level | null;
}

/** Names under which loggers put the message, and how grave it is, in JSON and logfmt. */
const MESSAGE =
  /(?:^|[\s,{])"?(?:msg|message|log|MESSAGE|event|short_message|Output)"?\s*[=:]\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,}"]+))/;
const LEVEL = /(?:^|[\s,{])"?(?:level|lvl|severity|levelname|log\.level|PRIORITY)"?\s*[=:]\s*"?(\w+)"?/;

/** Two names with values, or an object: no prose. */
const STRUCTURED = /^\{\s*"|^(?:[\w.-]+=(?:"(?:[^"\\]|\\.)*"|\S*)\s+){2}/;

/** The level that a line has as JSON or logfmt; null where it has none. */
export function levelIn(text: string): Level | null {
  const level = LEVEL.exec(text)?.[1];
  return level === undefined ? null : levelOf(level);
}

/** Whether that is a number: lines that differ in nothing else have different ones. */
export function isLevelNumber(text: string): boolean {
  return STRUCTURED.test(text) && /^\d/.test(LEVEL.exec(text)?.[1] ?? '');
}

/** Reads JSON lines and logfmt as what they say; anything else as it is. */
export function messageOf(text: string): Message {
  if (!STRUCTURED.test(text)) return { text, level: null };
  const message = MESSAGE.exec(text);
  const said = message?.[1]?.replaceAll(/\\n|\\t/g, ' ').replaceAll(/\\(.)/g, '$1') ?? message?.[2];
  const own = levelIn(text);
  if (said === undefined || said.trim() === '') return { text, level: own };
  // What docker keeps is the line of another logger.
  const inner = headerOf(said);
  return { text: said.slice(inner.end), level: own ?? inner.level };
}
