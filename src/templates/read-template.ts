import { readFileSync, statSync } from 'node:fs';
import { reasonOf, SluiceError } from '../errors.ts';
import { inputText } from '../prompt/input-text.ts';
import { isWithin } from '../system/is-within.ts';
import { realPathOf } from '../system/real-path.ts';
import { parseTemplate } from './parse-template.ts';
import { SHIPPED } from './shipped.ts';
import type { Source } from './find-template.ts';
import type { Template } from './template.ts';

/** No instruction is as long, in bytes. */
const MAX_BYTES = 256 * 1024;

/**
 * A template that can be used.
 * @throws SluiceError `usage` with the first thing that is wrong with it, and its line
 */
export async function readTemplate(source: Source): Promise<Template> {
  const { template, problems } = parseTemplate(await readSource(source), source);
  const [first, ...others] = problems;
  if (first === undefined) return template;
  const more =
    others.length === 0 ? '' : ` (and ${others.length} more: sluice templates check ${source.path ?? source.name})`;
  throw new SluiceError('usage', `${source.source}:${first.line}: ${first.message}${more}`);
}

/**
 * The text of a template's file.
 * @throws SluiceError `usage` for one that cannot be read, is no text, is too large, or leads out of its project
 */
export async function readSource({ name, source, path, root }: Source): Promise<string> {
  if (path === null) return textOf(name);
  try {
    const stats = statSync(path);
    // A link in a hostile checkout may lead to a device that never ends.
    if (!stats.isFile()) throw new Error('it is not a plain file');
    if (stats.size > MAX_BYTES) throw new Error(`it has ${stats.size} bytes, over the limit of ${MAX_BYTES}`);
    if (root !== null) requireWithin(path, root);
    return inputText(readFileSync(path), path).text;
  } catch (error) {
    throw new SluiceError('usage', `${source} cannot be read: ${reasonOf(error)}`, { cause: error });
  }
}

/**
 * The file that a path of a project leads to, links followed.
 * @throws an Error for one that is not in the project, or is no plain file
 */
export function requireWithin(path: string, root: string): string {
  const real = realPathOf(path);
  if (real === null) throw new Error('it does not exist');
  if (!isWithin(real, [realPathOf(root) ?? root])) throw new Error(`it is not in the project, ${root}`);
  if (!statSync(real).isFile()) throw new Error('it is not a plain file');
  return real;
}

async function textOf(name: string): Promise<string> {
  const load = SHIPPED.get(name);
  if (load === undefined) throw new SluiceError('internal', `there is no template ${name}`);
  return (await load()).default;
}
