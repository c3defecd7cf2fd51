import { describeCounts, type Level } from '../../outcome/findings.ts';
import { countOf, formatCost, formatCount, formatDuration } from '../pretty/format.ts';
import { shorten } from '../../shorten.ts';
import type { Ending } from '../sink.ts';
import { fencedMarkdown, plainMarkdown } from './markdown-text.ts';
import { type Placed, placedFindings, type PlacedFindings } from './placed-findings.ts';

/**
 * The summary of a run, in Markdown: how it ended, what it took, what was found, the answer. What is too much is left out
 * from the end of the findings, and then of the answer, and told.
 * @param room how many bytes it may have
 */
export function stepSummary(ending: Ending, workspace: string, room: number): string {
  const placed = placedFindings(ending.report, workspace);
  const head = clipped(headOf(ending), room);
  const left = room - bytesOf(head);
  const findings = placed === null ? '' : findingsOf(placed, left);
  const answer = answerOf(ending, placed, left - bytesOf(findings));
  return head + findings + answer;
}

const MARKS: Readonly<Record<Level, string>> = { error: '❌', warning: '⚠️', notice: 'ℹ️' };

function headOf({ class: outcome, message, warnings, report }: Ending): string {
  const { numTurns, executionTime, usage, totalCostUsd, redactions, sessionId } = report;
  const tokens = usage.inputTokens + usage.cacheReadInputTokens + usage.cacheCreationInputTokens;
  const facts = [
    ...(numTurns === null ? [] : [countOf(numTurns, 'turn')]),
    formatDuration(executionTime),
    ...(tokens + usage.outputTokens === 0
      ? []
      : [`${formatCount(tokens)} tokens in`, `${formatCount(usage.outputTokens)} out`]),
    ...(totalCostUsd === null ? [] : [formatCost(totalCostUsd)]),
    ...(redactions.total === 0 ? [] : [`${formatCount(redactions.total)} redacted`]),
    ...(sessionId === null ? [] : [`session ${sessionId}`]),
  ];
  const verdict = outcome === 'success' ? '✅ success' : `❌ ${plainMarkdown(outcome)}`;
  return [
    `### sluice: ${verdict}\n`,
    ...(outcome === 'success' ? [] : [`${plainMarkdown(message)}\n`]),
    `${facts.map(plainMarkdown).join(' · ')}\n`,
    ...warnings.slice(0, MOST_WARNINGS).map((warning) => `- ⚠️ ${plainMarkdown(shorten(warning, MOST_OF_A_WARNING))}`),
    ...(warnings.length > MOST_WARNINGS ? [`- ${countOf(warnings.length - MOST_WARNINGS, 'more warning')}`] : []),
    '\n',
  ].join('\n');
}

const MOST_WARNINGS = 50;
const MOST_OF_A_WARNING = 1000;

/** At most half of what there is room for, so that the answer has some too. */
function findingsOf({ findings, counts, outside, summary }: PlacedFindings, room: number): string {
  const head = [
    `**Findings:** ${describeCounts(counts)}\n`,
    ...(summary === '' ? [] : [`${plainMarkdown(shorten(summary, MOST_OF_A_CELL))}\n`]),
    ...(outside === 0 ? [] : [`${countOf(outside, 'finding')} outside the workspace, without a place below.\n`]),
    ...(findings.length === 0 ? [] : ['| | where | what |', '| --- | --- | --- |', '']),
  ].join('\n');
  if (bytesOf(head) > room) return '';
  const enough = room / 2 - bytesOf(head) - MOST_OF_A_NOTE;
  let rows = '';
  let shown = 0;
  let size = 0;
  for (const finding of findings) {
    const row = rowOf(finding);
    size += bytesOf(row);
    if (size > enough || shown === MOST_ROWS) break;
    rows += row;
    shown++;
  }
  const left = findings.length - shown;
  const note = left === 0 ? '' : `\n${countOf(left, 'more finding')}, none graver than these.\n`;
  return `${head}${rows}${note}\n`;
}

/** More than anybody reads; what shows tables takes seconds for more. */
const MOST_ROWS = 1000;
const MOST_OF_A_NOTE = 200;
const MOST_OF_A_CELL = 2000;

function rowOf({ level, message, title, rule, file, region }: Placed): string {
  const place = file === null ? '' : `${file}${region === undefined ? '' : `:${region.line}`}`;
  const name = title ?? rule;
  const what = `${name === undefined ? '' : `**${plainMarkdown(shorten(name, 200))}** `}${plainMarkdown(shorten(message, MOST_OF_A_CELL))}`;
  return `| ${MARKS[level]} | ${plainMarkdown(shorten(place, 500))} | ${what} |\n`;
}

/** Findings are told above. */
function answerOf({ report: { result } }: Ending, placed: PlacedFindings | null, room: number): string {
  const told = result.summary === '' && result.structured !== undefined ? result.structured : result.summary;
  const text = typeof told === 'string' ? told : JSON.stringify(told, null, 2);
  if (text.trim() === '' || placed !== null) return '';
  const frame = (answer: string): string =>
    `<details><summary>The answer</summary>\n\n${fencedMarkdown(answer)}\n</details>\n\n`;
  // What is shown may be longer than the text: signs that stand for control characters, and fences.
  for (let most = Math.min(text.length, room); most > 0; most = Math.floor(most / 2)) {
    const cut = `${shorten(text, most)}\n[${formatCount(most)} of ${formatCount(text.length)} characters are shown]`;
    const shown = frame(most < text.length ? cut : text);
    if (bytesOf(shown) <= room) return shown;
  }
  return '';
}

function clipped(text: string, room: number): string {
  return bytesOf(text) <= room ? text : '';
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}
