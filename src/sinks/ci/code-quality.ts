import { createHash } from 'node:crypto';
import type { Level } from '../../outcome/findings.ts';
import { escapeJson, neutralise } from '../safe-text.ts';
import type { Ending } from '../sink.ts';
import { placedFindings } from './placed-findings.ts';

/**
 * Findings as a report of code quality, which GitLab shows in a merge request; null where there are none to be read. It wants a
 * place of each: what has none is not in it.
 */
export function codeQualityOf(ending: Ending, workspace: string): string | null {
  const placed = placedFindings(ending.report, workspace);
  if (placed === null) return null;
  const seen = new Map<string, number>();
  const issues = placed.findings.flatMap(({ level, message, title, rule, file, region }) => {
    if (file === null) return [];
    const description = neutralise(title === undefined ? message : `${title}: ${message}`);
    // By what it is rather than by its line, which changes with those above; the same thing again is another issue.
    const same = [file, rule ?? '', description].join('\0');
    const times = (seen.get(same) ?? 0) + 1;
    seen.set(same, times);
    return [
      {
        description,
        check_name: neutralise(rule ?? 'sluice'),
        fingerprint: createHash('sha256').update(`${same}\0${times}`).digest('hex'),
        severity: SEVERITIES[level],
        location: {
          path: file,
          lines: {
            begin: region?.line ?? 1,
            ...(region?.endLine === undefined ? {} : { end: region.endLine }),
          },
        },
      },
    ];
  });
  return `${escapeJson(issues)}\n`;
}

const SEVERITIES: Readonly<Record<Level, 'critical' | 'minor' | 'info'>> = {
  error: 'critical',
  warning: 'minor',
  notice: 'info',
};
