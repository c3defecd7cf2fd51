import type { Readable } from 'node:stream';
import { SluiceError } from '../errors.ts';
import type { Prompt } from '../prompt/compose.ts';
import { readFiles } from '../prompt/read-files.ts';
import { readStream } from '../prompt/read-stream.ts';

/** Where the parts of a prompt come from. */
export interface PromptSources {
  readonly words: readonly string[];
  readonly promptFile: string | undefined;
  readonly files: readonly string[];
  readonly stdin: Readable | null;
  readonly slash: boolean;
  readonly limit: number;
  readonly cwd: string;
  /** A flag that takes a list and was given: it may have taken the prompt too. */
  readonly greedyFlag: string | undefined;
  /** Whether a stdin that stays silent is done without, when there is a prompt. */
  readonly stdinMayBeIdle: boolean;
  /** Told when stdin has been silent for long, and what follows from it. */
  readonly onSilence: (text: string) => void;
}

/** How long an idle stdin may stay silent when there is a prompt without it; claude itself waits as long for any. */
const IDLE_MS = 3_000;

/** After how long the wait for the first byte is told: a producer may take its time. */
const TOLD_MS = 30_000;

/**
 * Puts the prompt together: what was typed or stands in `--prompt-file` is the instruction, files and piped text are
 * attached to it. Text that is piped in alone is the instruction itself.
 * @throws SluiceError `usage` when a file can't be read or a part is over the limit
 */
export async function gatherPrompt(sources: PromptSources): Promise<Prompt> {
  const { words, promptFile, files, stdin, slash, limit, cwd, greedyFlag } = sources;
  const typed = words.join(' ');
  const [fromFile] = promptFile === undefined ? [] : await readFiles('--prompt-file', [promptFile], cwd, limit);
  const text = [typed, fromFile?.text ?? ''].filter((part) => part !== '').join('\n\n');
  const attachments = await readFiles('--file', files, cwd, limit);
  const piped = stdin === null ? '' : await readPiped(sources, text !== '' || attachments.length > 0);
  if (text === '' && piped === '' && attachments.length === 0 && greedyFlag !== undefined) {
    throw new SluiceError(
      'usage',
      `nothing to ask: ${greedyFlag} takes every word up to the next flag; put the prompt first`,
    );
  }
  if (text === '') return { [slash ? 'text' : 'inert']: piped, attachments, slash, limit };
  return {
    text,
    attachments: piped === '' ? attachments : [...attachments, { name: 'stdin', text: piped }],
    slash,
    limit,
  };
}

async function readPiped(sources: PromptSources, dispensable: boolean): Promise<string> {
  const { stdin, stdinMayBeIdle, limit, onSilence } = sources;
  if (stdin === null) return '';
  const idle = dispensable && stdinMayBeIdle;
  const timer = setTimeout(
    () => {
      onSilence(idle ? 'stdin is open but silent; going on without it' : 'waiting for stdin, which is silent so far');
      if (idle) stdin.destroy(SILENT);
    },
    idle ? IDLE_MS : TOLD_MS,
  );
  stdin.once('data', () => clearTimeout(timer));
  try {
    return await readStream('stdin', stdin, limit);
  } catch (error) {
    if (error === SILENT) return '';
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

const SILENT = new SluiceError('usage', 'stdin stayed silent');
