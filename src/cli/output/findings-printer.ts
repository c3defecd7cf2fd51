import type { Level, Told } from '../../doctor/finding.ts';
import type { Output } from '../../sinks/output.ts';
import type { Ink, Paint } from '../../sinks/pretty/theme.ts';
import { hang, wrapWords } from '../../sinks/pretty/wrap.ts';
import { escapeJson, oneLine } from '../../sinks/safe-text.ts';

/** Prints findings as they come, or all of them at the end. */
export interface FindingsPrinter {
  finding(finding: Told): void | Promise<void>;
  end(findings: readonly Told[]): void | Promise<void>;
}

const SIGNS: Readonly<Record<Level, readonly [sign: string, ink: Ink]>> = {
  ok: ['✓', 'good'],
  note: ['·', 'accent'],
  warning: ['!', 'warning'],
  error: ['✗', 'bad'],
};

/** Wide enough for the longest name of a check. */
const COLUMN = 18;

/** Columns that a text has at least, however narrow the terminal is. */
const NARROWEST = 20;

/** One document of JSON at the end. */
export function createJsonPrinter(stdout: Output): FindingsPrinter {
  return {
    finding() {},
    end: (findings) =>
      stdout.write(`${escapeJson({ ok: findings.every(({ level }) => level !== 'error'), findings })}\n`),
  };
}

/**
 * Lines for people, and at the end how many are bad.
 * @param columns of a terminal, in which they are wrapped
 */
export function createLinesPrinter(stdout: Output, paint: Paint, columns: number): FindingsPrinter {
  const indent = ' '.repeat(COLUMN + 2);
  const room = Math.max(NARROWEST, columns - indent.length);
  const below = (text: string, first = indent): readonly string[] => hang(wrapWords(text, room), first, indent);
  let last = '';
  return {
    finding({ check, level, what, why, fix }) {
      const [sign, ink] = SIGNS[level];
      const name = check === last ? '' : check;
      last = check;
      const lines = [
        ...below(oneLine(what), `${paint('strong', name.padEnd(COLUMN))}${paint(ink, sign)} `),
        ...(why === undefined ? [] : below(paint('dim', `why: ${oneLine(why)}`))),
        ...(fix === undefined ? [] : below(`${paint('dim', level === 'ok' ? 'see:' : 'fix:')} ${oneLine(fix)}`)),
      ];
      return stdout.write(lines.map((line) => `${line}\n`).join(''));
    },
    end(findings) {
      const count = (level: Level): number => findings.filter((finding) => finding.level === level).length;
      const [errors, warnings] = [count('error'), count('warning')];
      const verdict =
        errors > 0
          ? paint('bad', `${plural(errors, 'error')}, ${plural(warnings, 'warning')}`)
          : warnings > 0
            ? paint('warning', plural(warnings, 'warning'))
            : paint('good', 'all is well');
      return stdout.write(`\n${verdict}\n`);
    },
  };
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
