import { relative, resolve, sep } from 'node:path';
import {
  areFindings,
  countLevels,
  describeFlaw,
  type Finding,
  flawOf,
  type Level,
  LEVELS,
} from '../../outcome/findings.ts';
import type { Report } from '../../outcome/report-schema.ts';
import { isWithin } from '../../system/is-within.ts';
import { realPathOf } from '../../system/real-path.ts';
import { neutralise } from '../safe-text.ts';
import type { Ending } from '../sink.ts';

/** The findings of a run, the gravest first, each where it is in the workspace. */
export interface PlacedFindings {
  readonly summary: string;
  readonly findings: readonly Placed[];
  readonly counts: Readonly<Record<Level, number>>;
  /** How many name a file that is not in the workspace. */
  readonly outside: number;
}

/** A finding with a place that a CI system takes. */
export interface Placed extends Pick<Finding, 'level' | 'message' | 'title' | 'rule'> {
  /** From the workspace, with `/` between its names; null where it names none, or none that is in there: its message tells. */
  readonly file: string | null;
  /** Absent without a file, or where it tells none. */
  readonly region?: Region;
}

/** Lines and columns count from 1; what comes first is never behind what comes last. */
export interface Region {
  readonly line: number;
  readonly endLine?: number;
  readonly column?: number;
  readonly endColumn?: number;
}

/** The findings that an answer is; null where it is none. */
export function placedFindings({ result, claude }: Report, workspace: string): PlacedFindings | null {
  const { structured } = result;
  if (!areFindings(structured)) return null;
  const cwd = claude.cwd ?? workspace;
  const roots = [workspace, realPathOf(workspace) ?? workspace];
  let outside = 0;

  function placed(finding: Finding): Placed {
    const { level, message, title = '', rule = '', file } = finding;
    const told = { level, message, ...(isBlank(title) ? {} : { title }), ...(isBlank(rule) ? {} : { rule }) };
    if (file === undefined || file === '') return { ...told, file: null };
    const inside = insideOf(roots, resolve(cwd, file));
    if (inside !== null) return { ...told, file: inside, ...regionOf(finding) };
    outside++;
    const place = finding.line === undefined ? file : `${file}:${finding.line}`;
    return { ...told, message: `${message} (at ${place}, outside the workspace)`, file: null };
  }

  const findings = structured.findings.map(placed);
  return {
    summary: structured.summary ?? '',
    findings: LEVELS.flatMap((level) => findings.filter((finding) => finding.level === level)),
    counts: countLevels(structured.findings),
    outside,
  };
}

/** Why a run has no findings that could be read; null where it has, be they none. */
export function whyNoFindings({ class: outcome, message, report }: Ending): string | null {
  const flaw = flawOf(report.result.structured);
  if (flaw === null) return null;
  return outcome === 'success' ? describeFlaw(flaw) : `${outcome}: ${message}`;
}

/** A path from the first of these folders that it lies in; what cannot be shown as it is lies in none. */
function insideOf(roots: readonly string[], path: string): string | null {
  const root = roots.find((folder) => isWithin(path, [folder]) && path !== folder);
  if (root === undefined || neutralise(path) !== path || path.includes('\n')) return null;
  return relative(root, path).split(sep).join('/');
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}

function regionOf({ line, endLine, column, endColumn }: Finding): { readonly region?: Region } {
  const first = line ?? endLine;
  if (first === undefined) return {};
  const last = endLine !== undefined && endLine > first ? endLine : undefined;
  const ends = endColumn !== undefined && (last !== undefined || endColumn >= (column ?? endColumn));
  return {
    region: {
      line: first,
      ...(last === undefined ? {} : { endLine: last }),
      ...(column === undefined ? {} : { column }),
      ...(column !== undefined && ends ? { endColumn } : {}),
    },
  };
}
