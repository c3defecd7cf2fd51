import { resolve } from 'node:path';
import { messageOf, SluiceError } from '../../errors.ts';
import type { Attachment, Prompt } from '../../request/prompt.ts';
import { expand, pointerTo } from '../../templates/expand.ts';
import { requireWithin } from '../../templates/read-template.ts';
import { labelOf, type Reference, spelt, type Template } from '../../templates/template.ts';
import type { Values } from '../../templates/declared-variables.ts';

/** A template and what is said of what it leaves open. */
export interface Filling {
  readonly template: Template;
  readonly values: Values;
  /** Every file that it may be made of. */
  readonly files: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/** What else was given. */
export interface Around {
  /** What was typed, or stands in `--prompt-file`. */
  readonly typed: string;
  readonly files: readonly Attachment[];
  /** What came through stdin; null where nothing did. */
  readonly piped: Attachment | null;
  /** Reads files as those of `--file`. */
  read(path: string, where: string): Promise<readonly Attachment[]>;
}

/** What the model is told of words that the template has no place for. */
const ALSO = 'Mind as well what the user says:';

/**
 * The prompt that a template makes: whatever it refers to is attached, and its author's words come last. What was given
 * and is not referred to is attached all the same.
 * @throws SluiceError `usage` for a file that cannot be read, and where nothing is piped in that has to be
 */
export async function fillTemplate(
  { template, values, env, cwd }: Omit<Filling, 'files'>,
  around: Around,
): Promise<Prompt> {
  const { typed, files, piped } = around;

  /** The text of something, null where there is none. What is in files is not known yet. */
  function textOf(reference: Exclude<Reference, { kind: 'file' }>): string | null {
    switch (reference.kind) {
      case 'variable':
        return values.get(reference.name) || null;
      case 'stdin':
        return piped === null || piped.text.trim() === '' ? null : piped.text;
      case 'prompt':
        return typed || null;
      case 'env':
        return (Object.hasOwn(env, reference.name) && env[reference.name]) || null;
      default:
        return reference satisfies never;
    }
  }

  async function attached(reference: Reference): Promise<readonly Attachment[]> {
    if (reference.kind === 'stdin' && piped !== null) return [piped];
    const name = labelOf(reference);
    if (reference.kind !== 'file') return [{ name, text: textOf(reference) ?? '' }];
    const read = await around.read(pathOf(reference.path, template, cwd), whereOf(reference, template));
    return read.map((file) => ({ ...file, name }));
  }

  const has = (reference: Reference): boolean => reference.kind === 'file' || textOf(reference) !== null;
  const isFalse = (reference: Reference): boolean =>
    reference.kind === 'variable' &&
    template.variables.some(({ name, type }) => name === reference.name && type === 'boolean') &&
    values.get(reference.name) === 'false';
  const { text, shown, absent } = expand(template.pieces, {
    has,
    holds: (reference) => has(reference) && !isFalse(reference),
  });
  const unread = absent.find(({ reference }) => reference.kind === 'stdin');
  if (unread !== undefined)
    throw new SluiceError(
      'usage',
      `${template.source}:${unread.line}: {{stdin}} stands for what is piped in, and nothing is; pipe it in, as in: tail app.log | sluice -t …`,
    );
  if (text === '') throw new SluiceError('usage', `${template.source}: its conditions leave nothing of its text`);
  const besides: Reference[] = [
    ...(typed === '' ? [] : [{ kind: 'prompt' } as const]),
    ...(piped === null ? [] : [{ kind: 'stdin' } as const]),
  ].filter(({ kind }) => !shown.some((one) => one.kind === kind));
  const attachments = await Promise.all([...besides, ...shown].map(attached));
  const unasked = besides.find(({ kind }) => kind === 'prompt');
  return {
    text: unasked === undefined ? text : `${text}\n\n${ALSO} ${pointerTo(unasked)}.`,
    attachments: [...files, ...attachments.flat()],
    ...(template.root === null ? {} : { literal: true }),
  };
}

/** @throws SluiceError `usage` for what leads out of the project */
function pathOf(path: string, { root, source }: Template, cwd: string): string {
  if (root === null) return resolve(cwd, path);
  try {
    return requireWithin(resolve(root, path), root);
  } catch (error) {
    throw new SluiceError('usage', `${source}: {{file:${path}}}: ${messageOf(error)}`, { cause: error });
  }
}

function whereOf(reference: Reference, { source }: Template): string {
  return `${source}: {{${spelt(reference)}}}`;
}
