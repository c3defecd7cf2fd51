import { inlineSecrets } from '../../claude/start/inline-secrets.ts';
import { read, type Setting, type Settings } from '../../config/layers.ts';
import { variableOf } from '../../config/derived-names.ts';
import { OPTION, OPTIONS } from '../../config/command-options/options.ts';
import { flagOf } from '../../request/flag.ts';
import { createRedactor } from '../../secrets/redactor.ts';
import { aligned } from '../../sinks/pretty/aligned.ts';
import { escapeJson, oneLine } from '../../sinks/safe-text.ts';
import { mapStrings } from '../../stream/map-strings.ts';
import { declaredSecrets } from '../settings/declared-secrets.ts';
import type { Io } from '../io.ts';
import type { Invocation } from '../program.ts';
import { printsJson } from '../settings/prints-json.ts';
import { redactorOptions } from '../settings/redactor-options.ts';
import { requestOf } from '../settings/settings.ts';

/**
 * Shows what is set and where it came from; with `--all` every option there is, with its default and the variable that
 * sets it; as JSON with `-o json`, defaults included. Returns the exit code.
 */
export async function configCommand({ flags, switches }: Invocation, settings: Settings, io: Io): Promise<number> {
  const isJson = printsJson({ flags }, 'config');
  const secrets = declaredSecrets(settings);
  // Nothing is allowed here: what is let through elsewhere is a secret to whoever looks over one's shoulder.
  const { allow: _, ...options } = await redactorOptions(secrets, io, new AbortController().signal);
  const redactor = createRedactor({ ...options, env: io.env });
  redactor.addValues(inlineSecrets(requestOf(settings)), 'configured');
  const mask = (text: string): string => redactor.redact(text).text;
  if (isJson) {
    const rows = [...settings].map(([name, setting]) => [
      name,
      { value: mapStrings(shown(setting), mask), from: mask(setting.from) },
    ]);
    await io.stdout.write(`${escapeJson(Object.fromEntries(rows))}\n`);
  } else {
    const tell = (value: unknown): string => oneLine(mask(typeof value === 'string' ? value : JSON.stringify(value)));
    const all = switches.has('all');
    await io.stdout.write(all ? everyOption(settings, tell) : whatIsSet(settings, tell));
    if (!all && read(settings, OPTION.quiet) !== true) await io.stderr.write(`${moreThan(settings)}\n`);
    await io.stderr.flush();
  }
  await io.stdout.flush();
  return 0;
}

/** A value as it may be seen, on one line. */
type Tell = (value: unknown) => string;

function whatIsSet(settings: Settings, tell: Tell): string {
  const set = [...settings.values()].filter(isSet);
  return table(set.map((setting) => [flagOf(setting.option), tell(shown(setting)), tell(setting.from)]));
}

function everyOption(settings: Settings, tell: Tell): string {
  return table(
    OPTIONS.map((option) => {
      const setting = settings.get(option.name);
      const [value, from] = setting === undefined ? ['–', ''] : [tell(shown(setting)), tell(setting.from)];
      return [flagOf(option), value, from, option.flagOnly === true ? '' : variableOf(option)];
    }),
  );
}

function moreThan(settings: Settings): string {
  const isAny = [...settings.values()].some(isSet);
  return `sluice: ${isAny ? 'all else is as by default' : 'nothing is set'}; see sluice config --all`;
}

function isSet({ from }: Setting): boolean {
  return from !== 'default';
}

/** The widest that a column grows for its longest cell. */
const WIDEST = 40;

function table(rows: readonly (readonly string[])[]): string {
  return aligned(rows, WIDEST)
    .map((line) => `${line}\n`)
    .join('');
}

function shown({ option, value }: Setting): unknown {
  const { sensitive, kind } = option;
  if (sensitive === true) return [value].flat().map(() => '[REDACTED]');
  return kind.show?.(value) ?? value;
}
