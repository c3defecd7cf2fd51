import { shellWord } from '../shell-word.ts';

/** Commands that make a text. */
export interface TextCommand {
  /** Of a file, whose place in it is `FILE`. */
  readonly extract: string;
  /** Of what comes through a pipe. */
  readonly unpack?: string | undefined;
}

/**
 * How a text gets into sluice by a command: `gunzip -c app.log.gz | sluice …`.
 * @param file null for what is piped in already
 */
export function pipeInto({ extract, unpack }: TextCommand, file: string | null): string {
  if (file !== null) return `${extract.replace('FILE', () => shellWord(file))} | sluice …`;
  return unpack === undefined ? `${extract} | sluice …` : `… | ${unpack} | sluice …`;
}
