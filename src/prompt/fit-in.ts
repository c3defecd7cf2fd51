import { type TextCommand, pipeInto } from './pipe-into.ts';

/** Bytes by which a text may grow whose first character was cut in two. */
const CUT_CHARACTER = 9;

/**
 * What to do about an input that is too large: the command by which its end gets in.
 * @param room bytes that all else leaves of the limit
 * @param file null for what is piped in
 */
export function fitIn(room: number, file: string | null): string {
  const bytes = roundDown(room - CUT_CHARACTER);
  if (bytes <= 0) return 'send less';
  return `send its end: ${pipeInto(tail(bytes), file)}`;
}

function tail(bytes: number): TextCommand {
  const command = `tail -c ${bytes}`;
  return { extract: `${command} FILE`, unpack: command };
}

/** To two digits: nobody types seven. */
function roundDown(bytes: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1))) - 1);
  return Math.floor(bytes / unit) * unit;
}
