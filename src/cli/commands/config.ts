import { inlineSecrets } from '../../claude/options/inline-secrets.ts';
import { read, type Setting, type Settings } from '../../config/layers.ts';
import { flagOf } from '../../request/flag.ts';
import { OPTION, OPTIONS } from '../../config/options/options.ts';
import { createRedactor } from '../../secrets/redactor.ts';
import { escapeJson } from '../../sinks/escape-json.ts';
import { mapStrings } from '../../stream/map-strings.ts';
import { oneLine } from '../../sinks/one-line.ts';
import { declaredSecrets } from '../declared-secrets.ts';
import type { Io } from '../io.ts';
import { redactorOptions } from '../redactor-options.ts';
import { requestOf } from '../settings.ts';

/** Shows every setting and where it came from; as JSON with `-o json`. Returns the exit code. */
export async function configCommand(settings: Settings, io: Io): Promise<number> {
  const secrets = declaredSecrets(settings);
  // Nothing is allowed here: what is let through elsewhere is a secret to whoever looks over one's shoulder.
  const { allow: _, ...options } = await redactorOptions(secrets, io, new AbortController().signal);
  const redactor = createRedactor({ ...options, env: io.env });
  redactor.addValues(inlineSecrets(requestOf(settings)), 'configured');
  const show = (value: unknown): string => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return oneLine(redactor.redact(text).text);
  };
  if (read(settings, OPTION.output) === 'json') {
    const rows = [...settings].map(([name, setting]) => [
      name,
      {
        value: mapStrings(shown(setting), (text) => redactor.redact(text).text),
        from: redactor.redact(setting.from).text,
      },
    ]);
    await io.stdout.write(`${escapeJson(Object.fromEntries(rows))}\n`);
  } else {
    const rows = OPTIONS.map((option) => {
      const setting = settings.get(option.name);
      return [
        flagOf(option),
        setting === undefined ? '–' : show(shown(setting)),
        setting === undefined ? '' : show(setting.from),
      ] as const;
    });
    const width = Math.max(...rows.map(([flag]) => flag.length));
    const wide = Math.max(...rows.map(([, value]) => value.length));
    for (const [flag, value, from] of rows) {
      await io.stdout.write(`${`${flag.padEnd(width)}  ${value.padEnd(Math.min(wide, 40))}  ${from}`.trimEnd()}\n`);
    }
  }
  await io.stdout.flush();
  return 0;
}

function shown({ option, value }: Setting): unknown {
  const { sensitive, kind } = option;
  if (sensitive === true) return [value].flat().map(() => '[REDACTED]');
  return kind.show?.(value) ?? value;
}
