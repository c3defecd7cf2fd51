import { read, type Settings } from '../../config/layers.ts';
import type { OutputFormat } from '../../config/options/output.ts';
import { OPTION } from '../../config/options/options.ts';
import { reasonOf, SluiceError } from '../../errors.ts';
import { EXIT_CODES, INTERRUPT_EXIT_CODES, type InterruptReason } from '../../exit-codes.ts';
import { filterText, type Input } from '../../filter/filter-text.ts';
import { type Condensed, createCondenser } from '../../prompt/condense/condense.ts';
import { createRedactor } from '../../secrets/redactor.ts';
import { escapeJson, oneLine } from '../../sinks/safe-text.ts';
import { inputsOf } from '../input/inputs-of.ts';
import { refuseBinary } from '../input/refuse-binary.ts';
import type { Io } from '../io.ts';
import { createPourer } from '../output/pourer.ts';
import { waitForLastByte } from '../output/wait-for-reader.ts';
import type { Invocation } from '../program.ts';
import { declaredSecrets } from '../settings/declared-secrets.ts';
import { rejectForeignFlags } from '../settings/foreign-flags.ts';
import { redactorOptions } from '../settings/redactor-options.ts';

/** Prints files, or stdin, with secrets masked and condensed to the budget, or the kinds of their lines. Returns the exit code. */
export async function condenseCommand(
  { operands, flags, switches }: Invocation,
  settings: Settings,
  io: Io,
): Promise<number> {
  const secrets = declaredSecrets(settings);
  rejectForeignFlags(flags, 'condense');
  const print = printerOf(switches, flags['output'] === undefined ? undefined : read(settings, OPTION.output));
  const stop = new AbortController();
  const signals: InterruptReason[] = [];
  io.onSignal((signal) => {
    signals.push(signal);
    stop.abort();
  });
  try {
    const redactor = createRedactor({ env: io.env, ...(await redactorOptions(secrets, io, stop.signal)) });
    const say = (text: string): void => void io.stderr.write(`sluice: ${oneLine(redactor.redact(text).text)}\n`);
    let isWhole = true;
    const watcher = {
      onBegin() {},
      onUnreadable({ name }: Input, error: unknown) {
        isWhole = false;
        say(`usage: ${name ?? 'stdin'} cannot be read: ${reasonOf(error)}`);
      },
    };
    const inputs = inputsOf('condense', operands, io, stop.signal).map(refuseBinary);
    const condenser = createCondenser({ budget: read(settings, OPTION.inputBudget), lines: switches.has('lines') });
    for await (const { text } of filterText(inputs, redactor, watcher, stop.signal)) condenser.push(text);
    const [signal] = signals;
    if (signal !== undefined) return INTERRUPT_EXIT_CODES[signal];
    const condensed = condenser.end();
    const pourer = createPourer(io.stdout, stop.signal);
    await pourer.pour(Buffer.from(print(condensed)));
    await pourer.end();
    if (condensed.condensed !== null && read(settings, OPTION.quiet) !== true) {
      const { lines, kept, characters } = condensed.condensed;
      say(`${kept} of ${lines} lines kept, ${characters} characters`);
    }
    return isWhole ? 0 : EXIT_CODES.usage;
  } finally {
    await waitForLastByte(io.stderr.flush(), stop.signal).catch(() => {});
  }
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
  const rows = templates
    .toSorted((one, other) => other.count - one.count || one.id - other.id)
    .map(({ count, first, last, template }) => [count, first, last, oneLine(template)].map(String));
  const all = [['count', 'first', 'last', 'template'], ...rows];
  const widths = [0, 1, 2].map((column) => all.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), 0));
  return all.map((row) => `${row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  ')}\n`).join('');
}
