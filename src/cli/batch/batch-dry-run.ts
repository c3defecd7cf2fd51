import type { Plan } from '../../batch/batch.ts';
import { type BadRow, isItem, type Item } from '../../batch/item.ts';
import { createDistinct } from '../../batch/items/distinct.ts';
import { EXIT_CODES } from '../../outcome/classes.ts';
import { listPriceOf } from '../../prompt/list-price.ts';
import { tokensOf } from '../../request/kinds/text-budgets.ts';
import type { Prompt } from '../../request/prompt.ts';
import type { Redactor } from '../../secrets/redactor.ts';
import { countOf, formatCost } from '../../sinks/pretty/format.ts';
import { oneLine } from '../../sinks/safe-text.ts';
import type { Io } from '../io.ts';

/** What the command line names of a batch. */
interface Named {
  readonly rows: AsyncIterable<Item | BadRow>;
  readonly plan: Pick<Plan, 'limit'>;
}

/**
 * Prints each item with the size of its prompt, and in the end what all of them would take; starts nothing and writes
 * nothing. Returns the exit code: that of usage where a row is no item.
 */
export async function batchDryRun({ rows, plan }: Named, redactor: Redactor, io: Io): Promise<number> {
  const mask = (text: string): string => oneLine(redactor.redact(text).text);
  const models = new Set<string>();
  let [items, tokens, least, most, bad] = [0, 0, 0, 0, 0];
  const say = async (where: string, problem: string): Promise<void> => {
    bad++;
    await io.stderr.write(`sluice: ${mask(`${where}: ${problem}`)}\n`);
  };
  const distinct = createDistinct();
  for await (const each of rows) {
    const row = distinct(each);
    if (!isItem(row)) await say(row.where, row.problem);
    else {
      items++;
      const own = tokensOf(charactersOf(row.request.prompt));
      const price = listPriceOf(own, row.request.model);
      tokens += own;
      least += price.least;
      most += price.most;
      models.add(price.models);
      await io.stdout.write(`${mask(row.id)}\t${own}\n`);
      if (items >= plan.limit) break;
    }
  }
  const range = [...new Set([least, most].map((usd) => formatCost(Number(usd.toPrecision(2)))))].join(' to ');
  const prices = `sluice: about ${range} by list prices of 2026 (${[...models].join(', ')}), without claude's own prompt and what the model says\n`;
  await io.stderr.write(
    `sluice: ${countOf(items, 'item')}, about ${countOf(tokens, 'token')} of prompts; nothing was sent (--dry-run)\n` +
      (items === 0 ? '' : prices),
  );
  await Promise.all([io.stdout.flush(), io.stderr.flush()]);
  return bad === 0 ? 0 : EXIT_CODES.usage;
}

function charactersOf(prompt: string | Prompt = ''): number {
  if (typeof prompt === 'string') return prompt.length;
  const { text = '', inert = '', attachments = [] } = prompt;
  return attachments.reduce((sum, attachment) => sum + attachment.text.length, text.length + inert.length);
}
