import type { Level } from '../../outcome/findings.ts';
import { escapeJson, neutralise } from '../safe-text.ts';
import type { Ending } from '../sink.ts';
import { type Placed, placedFindings, whyNoFindings } from './placed-findings.ts';

/** GitHub refuses a run with more results. */
const MOST_RESULTS = 25_000;

/**
 * Findings as SARIF 2.1.0, the gravest first; none where the answer is no list of them, and then the run says why. Of more
 * than GitHub takes the rest is counted in `properties`.
 * @param workspace the folder that paths of findings count from
 */
export function sarifOf(ending: Ending, workspace: string): string {
  const findings = placedFindings(ending.report, workspace)?.findings ?? [];
  const { runId } = ending.report;
  return sarifDocument({ id: runId, findings, exitCode: ending.exitCode, why: whyNoFindings(ending) });
}

/** What a document of SARIF tells. */
export interface Found {
  /** Names the run, or all of them. */
  readonly id: string;
  readonly findings: readonly Placed[];
  readonly exitCode: number;
  /** Why there are no findings to be had; null: there are, or there is nothing to be found. */
  readonly why: string | null;
}

/** The same of findings that are known. */
export function sarifDocument({ id, findings, exitCode, why }: Found): string {
  const shown = findings.slice(0, MOST_RESULTS);
  const document = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'sluice',
            rules: [...new Set(shown.map(ruleOf))].map((id) => ({ id })),
          },
        },
        automationDetails: { id: `sluice/${id}` },
        invocations: [
          {
            executionSuccessful: why === null,
            exitCode,
            ...(why === null
              ? {}
              : { toolExecutionNotifications: [{ level: 'error', message: { text: withoutLinks(neutralise(why)) } }] }),
          },
        ],
        columnKind: 'utf16CodeUnits',
        results: shown.map(resultOf),
        ...(shown.length === findings.length ? {} : { properties: { leftOut: findings.length - shown.length } }),
      },
    ],
  };
  return `${escapeJson(document)}\n`;
}

const LEVELS_OF_SARIF: Readonly<Record<Level, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  notice: 'note',
};

function ruleOf({ rule }: Placed): string {
  return rule === undefined ? 'finding' : neutralise(rule);
}

function resultOf(finding: Placed): object {
  const { level, message, title, file, region } = finding;
  return {
    ruleId: ruleOf(finding),
    level: LEVELS_OF_SARIF[level],
    message: { text: withoutLinks(neutralise(title === undefined ? message : `${title}: ${message}`)) },
    ...(file === null
      ? {}
      : {
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: uriOf(file), uriBaseId: '%SRCROOT%' },
                ...(region === undefined
                  ? {}
                  : {
                      region: {
                        startLine: region.line,
                        ...(region.endLine === undefined ? {} : { endLine: region.endLine }),
                        ...(region.column === undefined ? {} : { startColumn: region.column }),
                        ...(region.endColumn === undefined ? {} : { endColumn: region.endColumn }),
                      },
                    }),
              },
            },
          ],
        }),
  };
}

/** In the text of a message `[words](target)` is a link (SARIF 2.1.0, 3.11.6). */
function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}

/** Half a surrogate pair is no character, and has no escape. */
function uriOf(file: string): string {
  return file
    .split('/')
    .map((name) => encodeURIComponent(Buffer.from(name).toString()))
    .join('/');
}
