import { numbered } from '../../outcome/words.ts';
import { checkPrompt } from '../../prompt/check-prompt.ts';
import { composePrompt, PIPED } from '../../prompt/compose.ts';
import type { Template } from '../../prompt/condense/condense.ts';
import { listPriceOf } from '../../prompt/list-price.ts';
import { charactersLeft, condensationOf, preparePrompt } from '../../prompt/prepare-prompt.ts';
import { tokensOf } from '../../request/kinds/text-budgets.ts';
import type { Prompt } from '../../request/prompt.ts';
import type { RunRequest } from '../../request/run-request.ts';
import type { Redactor } from '../../secrets/redactor.ts';
import { formatCost } from '../../sinks/pretty/format.ts';
import { oneLine } from '../../sinks/safe-text.ts';
import type { Io } from '../io.ts';

/** So many kinds of lines of each text are shown. */
const MOST_KINDS = 10;

/** Characters of prose that make a token, about. */
const PROSE = 4;

/**
 * Prints the prompt as it would be sent, to the byte but for what claude itself adds, and on stderr its sizes, what was
 * masked and what was left out. Nothing is started.
 * @throws SluiceError `usage` as a run would
 */
export async function dryRun(prompt: Prompt, request: RunRequest, redactor: Redactor, io: Io): Promise<void> {
  checkPrompt(prompt, request.maxPrompt, charactersLeft(request));
  const prepared = await preparePrompt(prompt, redactor, { ...request, spill: null }, () => {});
  // Command lines bring no pictures.
  const texts = composePrompt(prepared.prompt).flatMap((block) =>
    typeof block === 'string' && block !== '' ? [block] : [],
  );
  await io.stdout.write(texts.map((text) => `${text}\n`).join(''));
  const mask = (text: string): string => oneLine(redactor.redact(text).text);
  const lines = [
    ...describeParts(prepared.prompt, request.model),
    ...describeRedactions(redactor),
    ...[...prepared.templates].flatMap(([name, templates]) => describeKinds(name, templates)),
    ...(prompt.warnings ?? []),
  ];
  await io.stderr.write(lines.map((line) => `sluice: ${mask(line)}\n`).join(''));
  await io.stdout.flush();
  await io.stderr.flush();
}

function describeParts(prompt: Prompt, model: string | undefined): string[] {
  const { text = '', inert = '', attachments = [] } = prompt;
  const logs = [...(inert === '' ? [] : [{ name: PIPED, text: inert, condensed: prompt.condensed }]), ...attachments];
  const all = [{ name: 'the instruction', text, condensed: undefined }, ...logs].filter((part) => part.text !== '');
  const tokens = Math.ceil(text.length / PROSE) + logs.reduce((sum, part) => sum + tokensOf(part.text.length), 0);
  const whole = condensationOf(prompt);
  return [
    ...all.map((part) => {
      const left = part.condensed === undefined ? '' : `, ${part.condensed.kept} of ${part.condensed.lines} lines kept`;
      return `${part.name}: ${numbered(part.text.length, 'character')}${left}`;
    }),
    `in all about ${tokens} tokens${whole === undefined ? '' : ', condensed'}; nothing was sent (--dry-run)`,
    describePrice(tokens, model),
  ];
}

function describePrice(tokens: number, model: string | undefined): string {
  const { least, most, models } = listPriceOf(tokens, model);
  // More digits would be those of a guess.
  const range = [...new Set([least, most].map((usd) => formatCost(Number(usd.toPrecision(2)))))].join(' to ');
  return `about ${range} by list prices of 2026 (${models}), without claude's own prompt and what the model says`;
}

function describeRedactions({ totals: { total, byKind } }: Redactor): string[] {
  if (total === 0) return [];
  return [
    `${total} masked: ${Object.entries(byKind)
      .map(([kind, count]) => `${count} ${kind}`)
      .join(', ')}`,
  ];
}

function describeKinds(name: string, templates: readonly Template[]): string[] {
  const most = templates.toSorted((one, other) => other.count - one.count).slice(0, MOST_KINDS);
  return [
    `${name} has ${templates.length} kinds of lines, most of all:`,
    ...most.map(({ count, template }) => `  ${count} × ${template}`),
  ];
}
