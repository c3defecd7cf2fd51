import { isRecord } from '../../is-record.ts';
import { LEVELS } from '../../outcome/findings.ts';
import { countOf } from '../pretty/format.ts';
import type { Ending } from '../sink.ts';
import { githubCommand } from './github-command.ts';
import { type Placed, placedFindings, whyNoFindings } from './placed-findings.ts';

/** GitHub shows so many of each level of one step, the first ones. */
const MOST_SHOWN = 10;

/** A run that failed is an annotation itself, the first one: it explains why others may be missing. */
export function githubAnnotations(ending: Ending, workspace: string): string {
  const placed = placedFindings(ending.report, workspace);
  const findings = placed?.findings ?? [];
  const verdict = ending.class === 'success' || ending.class === 'findings' ? [] : [failure(ending)];
  const shown = LEVELS.flatMap((level) => {
    const found = findings.filter((finding) => finding.level === level).map(annotation);
    return [...(level === 'error' ? verdict : []), ...found].slice(0, MOST_SHOWN);
  });
  const left = findings.length + verdict.length - shown.length;
  const rest = left === 0 ? '' : `│ ${countOf(left, 'more finding')}: the summary of this step counts them all\n`;
  return flaw(ending) + shown.join('') + rest;
}

/** An answer that was to be a list of findings, by its looks, and is none. */
function flaw(ending: Ending): string {
  const { structured } = ending.report.result;
  const why = isRecord(structured) && 'findings' in structured ? whyNoFindings(ending) : null;
  return why === null || ending.class !== 'success' ? '' : githubCommand('warning', { title: 'sluice' }, why);
}

function failure({ class: outcome, message }: Ending): string {
  return githubCommand('error', { title: `sluice: ${outcome}` }, message);
}

/** Columns mean something within one line alone. */
function annotation({ level, message, title, rule, file, region }: Placed): string {
  const { line, endLine, column, endColumn } = region ?? {};
  const columns = endLine === undefined ? { col: column, endColumn } : {};
  return githubCommand(level, { file: file ?? '', line, endLine, ...columns, title: title ?? rule }, message);
}
