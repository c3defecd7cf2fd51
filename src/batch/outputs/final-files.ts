import { atomicFile } from '../../sinks/file-output.ts';
import { escapeJson } from '../../sinks/safe-text.ts';
import type { Result } from './results.ts';
import type { Summary } from './summary.ts';

/** Where the files go that are made of a batch at its end; null: they are not wanted. */
export interface FinalPaths {
  readonly csv: string | null;
  readonly sarif: string | null;
  readonly summary: string | null;
  readonly report: string | null;
}

/** The files that are made of a batch at its end. */
export interface FinalFiles {
  /**
   * @param results those that count, read anew each time
   * @throws SluiceError `output_error`
   */
  write(summary: Summary, results: () => Iterable<Result>): Promise<void>;
}

/**
 * Sees that they can be written, before anything is spent.
 * @param workspace the folder that paths of findings count from
 * @throws SluiceError `output_error` where one can't
 */
export function openFinalFiles({ csv, sarif, summary, report }: FinalPaths, workspace: string): FinalFiles {
  const open = (option: string, path: string | null) => (path === null ? null : atomicFile(option, path));
  const files = {
    csv: open('--csv', csv),
    sarif: open('--sarif', sarif),
    summary: open('--summary', summary),
    report: open('--report', report),
  };
  return {
    async write(all, results) {
      if (files.csv !== null) {
        const { csvOf } = await import('./csv.ts');
        await files.csv.write([...csvOf(results)].join(''));
      }
      if (files.sarif !== null) {
        const { sarifOf } = await import('./sarif.ts');
        await files.sarif.write(sarifOf(results(), all, workspace));
      }
      if (files.report !== null) {
        const { htmlReport } = await import('./html-report.ts');
        await files.report.write(htmlReport(all, results()));
      }
      await files.summary?.write(`${escapeJson(all)}\n`);
    },
  };
}
