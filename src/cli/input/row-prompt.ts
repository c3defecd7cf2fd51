import type { Asked } from '../../batch/items/item-of.ts';
import { SluiceError } from '../../errors.ts';
import { followInputs } from '../../prompt/follow-inputs.ts';
import { readFiles } from '../../prompt/read-files.ts';
import type { Attachment, Prompt } from '../../request/prompt.ts';
import type { Template } from '../../templates/template.ts';
import type { Io } from '../io.ts';

/** What the prompts of all items have in common. */
export interface Common {
  /** Null where what is typed is the instruction. */
  readonly template: Template | null;
  /** What is typed: the instruction of items that have none. */
  readonly words: string;
  /** Values for the variables of the template, where an item has none of its own. */
  readonly vars: readonly string[];
  /** Files that are attached to each. */
  readonly files: readonly string[];
  /** Where relative paths of items count from. */
  readonly folder: string;
  /** Bytes of a file. */
  readonly limit: number;
  readonly signal: AbortSignal;
}

/** What the model is told that the text of an item is, and what else stands in its row. */
const LINE = 'item';
const ROW = 'row';

/**
 * Puts the prompt of an item together, as that of a run: what it is about is attached, the instruction comes last.
 * @throws SluiceError `usage` where there is nothing to ask, or a file can't be read
 */
export async function rowPrompt(asked: Asked, common: Common, io: Io): Promise<Prompt> {
  const { template, folder } = common;
  const typed = asked.prompt ?? common.words;
  const warnings: string[] = [];
  const read = (paths: readonly string[], cwd: string, option: string): Promise<Attachment[]> =>
    readFiles(paths, {
      option,
      cwd,
      limit: common.limit,
      taken: Buffer.byteLength(typed),
      signal: common.signal,
      inputs: followInputs(() => {}),
      condense: null,
      onOddity: (text: string) => void warnings.push(text),
    });
  // Most items have no files, and there may be very many items.
  const attachments: Attachment[] = [];
  if (common.files.length > 0) attachments.push(...(await read(common.files, io.cwd, '--file')));
  if (asked.files.length > 0) attachments.push(...(await read(asked.files, folder, 'files')));
  const oddities = warnings.length === 0 ? {} : { warnings };
  const piped = asked.piped === null ? null : { name: LINE, text: asked.piped };
  if (template !== null) {
    const [{ valuesOf }, { fillTemplate }] = await Promise.all([
      import('../../templates/declared-variables.ts'),
      import('./fill-template.ts'),
    ]);
    const own = Object.entries(asked.vars).map(([name, value]) => `${name}=${value}`);
    const others = common.vars.filter((one) => !Object.hasOwn(asked.vars, one.slice(0, one.indexOf('='))));
    const filling = { template, values: valuesOf(template, [...own, ...others]), env: io.env, cwd: io.cwd };
    const readOne = (path: string, option: string): Promise<readonly Attachment[]> => read([path], io.cwd, option);
    return { ...(await fillTemplate(filling, { typed, files: attachments, piped, read: readOne })), ...oddities };
  }
  if (Object.keys(asked.vars).length > 0)
    throw new SluiceError('usage', 'vars: they are for a template; name one with -t');
  const row = Object.keys(asked.data).length === 0 ? [] : [{ name: ROW, text: JSON.stringify(asked.data, null, 2) }];
  if (typed !== '')
    return { text: typed, attachments: [...attachments, ...row, ...(piped === null ? [] : [piped])], ...oddities };
  if (piped === null)
    throw new SluiceError('usage', 'nothing to ask: give it a prompt, or all of them one behind FILE, or with -t');
  return { inert: piped.text, attachments: [...attachments, ...row], ...oddities };
}
