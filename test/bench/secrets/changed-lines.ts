import type { Redactor } from '../../../src/secrets/redactor.ts';
import type { CodeFile } from './texts/code.ts';

/** A line of code that was taken for a secret's. */
export interface ChangedLine {
  /** `path:line` */
  readonly place: string;
  readonly kind: string;
  /** What was masked, and a little of what stands around it. */
  readonly excerpt: string;
}

const AROUND = 60;
const LONGEST = 200;

/** The lines of code that do not come out as they went in. */
export function changedLinesOf(redactor: Redactor, files: readonly CodeFile[]): ChangedLine[] {
  return files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => {
      const finding = redactor.redact(line).findings[0];
      if (finding === undefined) return [];
      const excerpt = line.slice(Math.max(0, finding.start - AROUND), finding.end + AROUND).slice(0, LONGEST);
      return [{ place: `${path}:${index + 1}`, kind: finding.kind, excerpt }];
    }),
  );
}
