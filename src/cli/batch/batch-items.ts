import type { BadRow, Item } from '../../batch/item.ts';
import { choose } from '../../batch/items/choose.ts';
import { fingerprints } from '../../batch/items/fingerprint.ts';
import { itemOf, type Recipe } from '../../batch/items/item-of.ts';
import type { Source } from '../../batch/items/source.ts';
import { read, type Settings } from '../../config/layers.ts';
import { OPTION } from '../../config/command-options/options.ts';
import { shardOf } from '../../request/kinds/shards.ts';
import type { RunRequest } from '../../request/run-request.ts';
import type { Redactor } from '../../secrets/redactor.ts';
import type { Template } from '../../templates/template.ts';
import { batchSource } from '../input/batch-source.ts';
import { rowPrompt } from '../input/row-prompt.ts';
import type { Io } from '../io.ts';
import type { Invocation } from '../program.ts';

/** What items are made of, besides their rows. */
export interface ItemsInput {
  readonly settings: Settings;
  /** What all of them ask. */
  readonly base: RunRequest;
  readonly template: Template | null;
  readonly redactor: Redactor;
  readonly signal: AbortSignal;
}

/** The items of a batch. */
export interface BatchItems {
  /** Where they are from. */
  readonly source: string;
  /** Files that are read for all of them. */
  readonly inputs: readonly string[];
  /** Read as they are needed. */
  readonly rows: AsyncIterable<Item | BadRow>;
}

/** Opens what a command line names. @throws SluiceError `usage` */
export async function openBatchItems(
  { operands }: Pick<Invocation, 'operands'>,
  { settings, base, template, redactor, signal }: ItemsInput,
  io: Io,
): Promise<BatchItems> {
  const pattern = read(settings, OPTION.batchFor);
  const [file, words] = pattern === undefined ? [operands[0], operands.slice(1)] : [undefined, operands];
  const source = await batchSource({ file, pattern, format: read(settings, OPTION.batchRows) }, io);
  const common = {
    template,
    words: words.join(' '),
    vars: read(settings, OPTION.vars) ?? [],
    files: read(settings, OPTION.file) ?? [],
    folder: source.folder,
    limit: read(settings, OPTION.maxPrompt),
    signal,
  };
  const recipe: Recipe = {
    base,
    folder: source.folder,
    fingerprint: fingerprints(base),
    variables: new Set(template?.variables.map(({ name }) => name) ?? []),
    compose: (asked) => rowPrompt(asked, common, io),
    isSecret: (text) => redactor.redact(text).text !== text,
  };
  const rows = choose(itemsOf(source, recipe), {
    shard: shardOf(read(settings, OPTION.batchShard) ?? ''),
    sample: read(settings, OPTION.batchSample),
    shuffle: read(settings, OPTION.batchShuffle) ?? null,
  });
  return { source: source.name, inputs: [...(source.file === null ? [] : [source.file]), ...common.files], rows };
}

async function* itemsOf(source: Source, recipe: Recipe): AsyncGenerator<Item | BadRow, void, undefined> {
  for await (const row of source.rows()) yield 'problem' in row ? row : await itemOf(row, recipe);
}
