import { read, type Settings } from '../../config/layers.ts';
import { OPTION } from '../../config/command-options/options.ts';
import { filterText, type Input } from '../../filter/filter-text.ts';
import type { Printer } from '../../filter/printer.ts';
import { createReportPrinter } from '../../filter/report-printer.ts';
import { createTextPrinter } from '../../filter/text-printer.ts';
import { EXIT_CODES } from '../../outcome/classes.ts';
import { createRedactor, type Redactor } from '../../secrets/redactor.ts';
import { oneLine } from '../../sinks/safe-text.ts';
import { declaredSecrets } from '../settings/declared-secrets.ts';
import { rejectForeignFlags } from '../settings/foreign-flags.ts';
import { inputsOf } from '../input/inputs-of.ts';
import { watchUnreadable } from '../input/watch-unreadable.ts';
import type { Io } from '../io.ts';
import { createPourer } from '../output/pourer.ts';
import type { Invocation } from '../program.ts';
import { untilSignal } from '../until-signal.ts';
import { knownKinds, redactorOptions } from '../settings/redactor-options.ts';

/** What `--check` exits with when there is a secret. */
const FOUND = 1;

/** Prints files, or stdin, with secrets masked, or a report of them. Returns the exit code. */
export async function redactCommand(
  { operands, flags, switches }: Invocation,
  settings: Settings,
  io: Io,
): Promise<number> {
  const secrets = declaredSecrets(settings);
  rejectForeignFlags(flags, 'redact');
  return untilSignal(io, async (stop) => {
    if (switches.has('listKinds')) {
      await io.stdout.write(`${(await knownKinds(secrets.patterns)).join('\n')}\n`);
      await io.stdout.flush();
      return 0;
    }
    const inputs = inputsOf('redact', operands, io, stop);
    const options = { env: io.env, ...(await redactorOptions(secrets, io, stop)) };
    const redactor = createRedactor(options);
    // One of its own: what is said of files is no part of what was found in them.
    let talk: Redactor | undefined;
    const mask = (text: string): string => (talk ??= createRedactor(options)).redact(text).text;
    const printer = switches.has('report') ? createReportPrinter(mask) : createTextPrinter();
    const say = (text: string): void => void io.stderr.write(`sluice: ${oneLine(text)}\n`);
    const isWhole = await filter(inputs, redactor, printer, (text) => say(mask(text)), io, stop);
    if (switches.has('check') && !stop.aborted && read(settings, OPTION.quiet) !== true)
      say(summaryOf(redactor.totals));
    if (!isWhole) return EXIT_CODES.usage;
    return switches.has('check') && redactor.totals.total > 0 ? FOUND : 0;
  });
}

/** Returns whether every input was read to its end and looked into. Rejects when stdout can't be written. */
async function filter(
  inputs: readonly Input[],
  redactor: Redactor,
  printer: Printer,
  say: (text: string) => void,
  { stdout }: Io,
  signal: AbortSignal,
): Promise<boolean> {
  const unreadable = watchUnreadable(say);
  const watcher = {
    onBegin: ({ name }: Input, at: number) => printer.begin(name, at),
    onUnreadable: unreadable.onUnreadable,
  };
  const pourer = createPourer(stdout, signal);
  for await (const released of filterText(inputs, redactor, watcher, signal)) {
    await pourer.pour(printer.print(released));
  }
  await pourer.pour(printer.end(redactor.totals, !unreadable.isWhole || signal.aborted));
  await pourer.end();
  return unreadable.isWhole;
}

function summaryOf({ total, byKind }: Redactor['totals']): string {
  if (total === 0) return 'no secrets found';
  const kinds = Object.entries(byKind).map(([kind, count]) => `${count} ${kind}`);
  return `${total} ${total === 1 ? 'secret' : 'secrets'} found: ${kinds.join(', ')}`;
}
