import type { Finding, Redactor } from './redactor.ts';

/** Lines with every secret masked; the very same array when there is none. */
export interface RedactedLines {
  readonly lines: readonly string[];
  readonly findings: readonly Finding[];
}

/** What a line of a patch begins with. */
const PATCH_SIGN = /^[-+ ]/;

/**
 * Redacts strings that make one text together, a line each, as those of a patch do: a private key may lie across
 * many of them. Each stays a line of its own; of a patch, its sign stays.
 */
export function redactLines(redactor: Redactor, lines: readonly string[]): RedactedLines {
  const { findings } = redactor.redact(lines.join('\n'));
  if (findings.length === 0) return { lines, findings };
  let offset = 0;
  const masked = lines.map((line) => {
    const start = offset;
    offset += line.length + 1;
    return maskLine(line, start, findings);
  });
  return { lines: masked, findings };
}

/** The line that begins at `offset` of the text that was looked through. */
function maskLine(line: string, offset: number, findings: readonly Finding[]): string {
  let masked = '';
  let copied = 0;
  for (const { start, end, placeholder } of findings) {
    const from = Math.max(0, start - offset);
    const to = Math.min(line.length, end - offset);
    if (from >= to) continue;
    const isContinued = start < offset && PATCH_SIGN.test(line);
    masked += line.slice(copied, isContinued ? 1 : from) + placeholder;
    copied = to;
  }
  return copied === 0 ? line : masked + line.slice(copied);
}
