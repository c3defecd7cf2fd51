import type { Readable } from 'node:stream';
import { SluiceError } from '../errors.ts';
import type { Prompt } from '../request/prompt.ts';
import { readFiles } from '../prompt/read-files.ts';
import { type PipeReading, readPiped } from './read-piped.ts';

/** Where the parts of a prompt come from. */
export interface PromptSources extends PipeReading {
  readonly words: readonly string[];
  readonly promptFile: string | undefined;
  readonly files: readonly string[];
  readonly stdin: Readable | null;
  readonly slash: boolean;
  readonly cwd: string;
  /** A flag that takes a list and was given: it may have taken the prompt too. */
  readonly greedyFlag: string | undefined;
}

/**
 * Puts the prompt together: what was typed or stands in `--prompt-file` is the instruction, files and piped text are
 * attached to it. Text that is piped in alone is the instruction itself.
 * @throws SluiceError `usage` when a file can't be read, a part is over the limit, or nothing came in time
 */
export async function gatherPrompt(sources: PromptSources): Promise<Prompt> {
  const { words, promptFile, files, stdin, slash, limit, cwd, greedyFlag, signal, onWait } = sources;
  const reading = { cwd, limit, signal, onSilence: onWait };
  const typed = words.join(' ');
  const [fromFile] =
    promptFile === undefined ? [] : await readFiles([promptFile], { ...reading, option: '--prompt-file' });
  const text = [typed, fromFile?.text ?? ''].filter((part) => part !== '').join('\n\n');
  const attachments = await readFiles(files, { ...reading, option: '--file' });
  const piped = stdin === null ? '' : await readPiped(stdin, sources, text !== '' || attachments.length > 0);
  if (text === '' && piped === '' && attachments.length === 0 && greedyFlag !== undefined) {
    throw new SluiceError(
      'usage',
      `nothing to ask: ${greedyFlag} takes every word up to the next flag; put the prompt first`,
    );
  }
  if (text === '') return { [slash ? 'text' : 'inert']: piped, attachments, slash };
  return {
    text,
    attachments: piped === '' ? attachments : [...attachments, { name: 'stdin', text: piped }],
    slash,
  };
}
