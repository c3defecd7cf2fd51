import type { Readable } from 'node:stream';
import { SluiceError } from '../../errors.ts';
import { PIPED } from '../../prompt/compose.ts';
import type { Prompt } from '../../request/prompt.ts';
import { readFiles } from '../../prompt/read-files.ts';
import type { Filling } from './fill-template.ts';
import { type Piped, type PipeReading, readPiped } from './read-piped.ts';

/** Where the parts of a prompt come from. */
export interface PromptSources extends PipeReading {
  readonly words: readonly string[];
  /** Null where what is typed is the instruction. */
  readonly template: Filling | null;
  readonly promptFile: string | undefined;
  readonly files: readonly string[];
  /** Null where nothing is piped in. */
  readonly stdin: Readable | null;
  readonly slash: boolean;
  readonly cwd: string;
  /** A flag that was given and may have taken the prompt, and what it takes. */
  readonly greedyFlag: string | undefined;
  /** Called when a pipe turned out to be empty; throws where what was typed is to be no prompt then. */
  readonly onEmptyPipe: () => void;
}

const NOTHING_PIPED: Piped = { text: '', warnings: [] };

/**
 * Puts the prompt together: what was typed or stands in `--prompt-file` is the instruction, files and piped text are
 * attached to it. Text that is piped in alone is the instruction itself. Where there is a template, that is the instruction.
 * @throws SluiceError `usage` when a file can't be read, a part is binary or over the limit, or nothing came in time or at
 * all where something must
 */
export async function gatherPrompt(sources: PromptSources): Promise<Prompt> {
  const { words, template, promptFile, files, stdin, slash, limit, cwd, greedyFlag, signal, inputs, condense } =
    sources;
  if (stdin === null && sources.requireStdin !== undefined) {
    throw new SluiceError(
      'usage',
      `${sources.requireStdin}: nothing is piped in; do so, as in: tail app.log | sluice --require-stdin "why?"`,
    );
  }
  const warnings: string[] = [];
  const reading = { cwd, limit, signal, inputs, condense, onOddity: (text: string) => void warnings.push(text) };
  const typed = words.join(' ');
  const [fromFile] =
    promptFile === undefined
      ? []
      : await readFiles([promptFile], {
          ...reading,
          condense: null,
          option: '--prompt-file',
          taken: Buffer.byteLength(typed),
        });
  const text = [typed, fromFile?.text ?? ''].filter((part) => part !== '').join('\n\n');
  const taken = Buffer.byteLength(text);
  const attachments = await readFiles(files, { ...reading, option: '--file', taken });
  const rest = {
    exists: text !== '' || attachments.length > 0 || template !== null,
    size: attachments.reduce((size, { text }) => size + Buffer.byteLength(text), taken),
  };
  const piped = stdin === null ? NOTHING_PIPED : await readPiped(stdin, sources, rest);
  if (stdin !== null && piped.text === '' && !signal.aborted) sources.onEmptyPipe();
  if (!rest.exists && piped.text === '' && greedyFlag !== undefined) {
    throw new SluiceError('usage', `nothing to ask: ${greedyFlag}; put the prompt first`);
  }
  warnings.push(...piped.warnings);
  const { condensed } = piped;
  const log = piped.text === '' ? null : { name: PIPED, text: piped.text, condensed };

  async function instruction(): Promise<Prompt> {
    if (template !== null) {
      const { fillTemplate } = await import('./fill-template.ts');
      const read = (path: string, option: string) => readFiles([path], { ...reading, option, taken });
      return fillTemplate(template, { typed: text, files: attachments, piped: log, read });
    }
    if (text === '') return { [slash ? 'text' : 'inert']: piped.text, condensed, attachments };
    return { text, attachments: log === null ? attachments : [...attachments, log] };
  }

  return { ...(await instruction()), slash, ...(warnings.length === 0 ? {} : { warnings }) };
}
