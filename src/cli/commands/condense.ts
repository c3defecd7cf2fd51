import { read, type Settings } from '../../config/layers.ts';
import type { OutputFormat } from '../../config/command-options/output.ts';
import { OPTION } from '../../config/command-options/options.ts';
import { SluiceError } from '../../errors.ts';
import { EXIT_CODES } from '../../outcome/classes.ts';
import { filterText, type Input } from '../../filter/filter-text.ts';
import { type Condensed, createCondenser } from '../../prompt/condense/condense.ts';
import { describeBinary } from '../../prompt/describe-binary.ts';
import { escapeJson, oneLine } from '../../sinks/safe-text.ts';
import { inputsOf } from '../input/inputs-of.ts';
import { watchUnreadable } from '../input/watch-unreadable.ts';
import { binaryKindOf } from '../../system/binary-kind.ts';
import type { Io } from '../io.ts';
import { createPourer } from '../output/pourer.ts';
import type { Invocation } from '../program.ts';
import { rejectForeignFlags } from '../settings/foreign-flags.ts';
import { untilSignal } from '../until-signal.ts';
import { redactorFrom } from '../settings/redaction-of.ts';

/** Prints files, or stdin, with secrets masked and condensed to the budget, or the kinds of their lines. Returns the exit code. */
export async function condenseCommand(
  { operands, flags, switches }: Invocation,
  settings: Settings,
  io: Io,
): Promise<number> {
  rejectForeignFlags(flags, 'condense');
  const print = printerOf(switches, flags['output'] === undefined ? undefined : read(settings, OPTION.output));
  return untilSignal(io, async (stop) => {
    const redactor = await redactorFrom(settings, io, stop);
    const say = (text: string): void => void io.stderr.write(`sluice: ${oneLine(redactor.redact(text).text)}\n`);
    const unreadable = watchUnreadable(say);
    const watcher = { onBegin() {}, onUnreadable: unreadable.onUnreadable };
    const inputs = inputsOf('condense', operands, io, stop).map(refuseBinary);
    const condenser = createCondenser({ budget: read(settings, OPTION.inputBudget), lines: switches.has('lines') });
    for await (const { text } of filterText(inputs, redactor, watcher, stop)) condenser.push(text);
    // Half of it would be condensed as if it were all.
    if (stop.aborted) return 0;
    const condensed = condenser.end();
    const pourer = createPourer(io.stdout, stop);
    await pourer.pour(Buffer.from(print(condensed)));
    await pourer.end();
    if (condensed.condensed !== null && read(settings, OPTION.quiet) !== true) {
      const { lines, kept, characters } = condensed.condensed;
      say(`${kept} of ${lines} lines kept, ${characters} characters`);
    }
    return unreadable.isWhole ? 0 : EXIT_CODES.usage;
  });
}

/** What is printed of a condensed text, as the flags say. */
function printerOf(
  switches: Invocation['switches'],
  output: OutputFormat | undefined,
): (condensed: Condensed) => string {
  const isJson = output === 'json';
  if (output !== undefined && output !== 'text' && !isJson)
    throw new SluiceError('usage', `-o ${output}: sluice condense prints text, and with --stats JSON`);
  if (isJson && !switches.has('stats'))
    throw new SluiceError('usage', '-o json: it goes with --stats; the condensed text is printed as it is');
  if (switches.has('lines') && !isJson) throw new SluiceError('usage', '--lines: it goes with --stats -o json');
  if (isJson) return ({ templates, lines }) => `${escapeJson({ templates, ...(lines === null ? {} : { lines }) })}\n`;
  return switches.has('stats') ? tableOf : ({ text }) => text;
}

/** The kinds of lines, those first of which there are most. */
function tableOf({ templates }: Condensed): string {
  const isTimed = templates.some(({ firstAt, lastAt }) => firstAt !== undefined || lastAt !== undefined);
  const rows = templates
    .toSorted((one, other) => other.count - one.count || one.id - other.id)
    .map(({ count, first, last, firstAt, lastAt, template }) => [
      ...[count, first, last].map(String),
      ...(isTimed ? [firstAt, lastAt].map((moment) => oneLine(moment ?? '-')) : []),
      oneLine(template),
    ]);
  const all = [['count', 'first', 'last', ...(isTimed ? ['first at', 'last at'] : []), 'template'], ...rows];
  const widths = Array.from({ length: isTimed ? 5 : 3 }, (_, column) =>
    all.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), 0),
  );
  return all.map((row) => `${row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  ')}\n`).join('');
}

/** The same input, which can't be read where it begins as a file does that holds no text. */
function refuseBinary(input: Input): Input {
  return { name: input.name, open: async () => textOf(await input.open(), input.name) };
}

async function* textOf(bytes: AsyncIterable<Uint8Array>, name: string | null): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const chunk of bytes) {
    const kind = isFirst ? binaryKindOf(chunk) : undefined;
    if (kind !== undefined) throw new Error(describeBinary(kind, name));
    isFirst = false;
    yield chunk;
  }
}
