import { resumableSession } from '../../messages/report.ts';
import type { Ending } from '../sink.ts';
import { widthOf } from './clip.ts';
import { countOf, formatCount, formatDuration, formatSeconds } from './format.ts';
import type { Line } from './spans.ts';
import { MARKS } from './theme.ts';

/** The last lines of a run: how it ended, what it took, what to do next. Facts are folded to the width, not clipped. */
export function footerLines(ending: Ending, columns: number): readonly Line[] {
  const success = ending.class === 'success';
  const facts = foldFacts(factsOf(ending), columns - INDENT.length).map((line): Line => [['dim', INDENT + line]]);
  return [
    success ? [['good', `${MARKS.good} success`]] : [['bad', `${MARKS.bad} ${ending.class}: ${ending.message}`]],
    ...facts,
    ...ending.warnings.map((warning): Line => [['warning', `${MARKS.warning} ${warning}`]]),
    ...nextSteps(ending),
  ];
}

const INDENT = '  ';

function factsOf({ report, clipped }: Ending): readonly string[] {
  const { usage, numTurns, totalCostUsd, redactions, sessionId, claude } = report;
  const hidden = redactions.input?.total ?? 0;
  const tokensIn = usage.inputTokens + usage.cacheReadInputTokens + usage.cacheCreationInputTokens;
  const cached = usage.cacheReadInputTokens === 0 ? '' : ` (${formatCount(usage.cacheReadInputTokens)} cached)`;
  return [
    ...(numTurns === null ? [] : [countOf(numTurns, 'turn')]),
    formatDuration(report.executionTime),
    ...(tokensIn + usage.outputTokens === 0
      ? []
      : [`${formatCount(tokensIn)} tokens in${cached}`, `${formatCount(usage.outputTokens)} out`]),
    ...(totalCostUsd === null ? [] : [`$${totalCostUsd.toFixed(4)}`]),
    ...(claude.apiKeySource === null ? [] : [describeAuth(claude.apiKeySource)]),
    ...(redactions.total === 0 ? [] : [`${formatCount(redactions.total)} redacted`]),
    ...(hidden === 0 ? [] : [`${formatCount(hidden)} redacted in the prompt`]),
    ...(clipped.strings === 0 ? [] : [`${formatCount(clipped.strings)} clipped`]),
    ...(sessionId === null ? [] : [`session ${sessionId}`]),
  ];
}

/** Claude says `none` for a login or a cloud's credentials, and when there is no way in at all: there is no key, that is all. */
function describeAuth(source: string): string {
  return `auth: ${source === 'none' ? 'no API key' : source}`;
}

/** Joins facts with dots, as many a line as fit; a fact that is too wide has a line of its own. */
function foldFacts(facts: readonly string[], columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const fact of facts) {
    const longer = line === '' ? fact : `${line} · ${fact}`;
    if (line !== '' && widthOf(longer) > columns) {
      lines.push(line);
      line = fact;
    } else line = longer;
  }
  return line === '' ? lines : [...lines, line];
}

function nextSteps(ending: Ending): readonly Line[] {
  const sessionId = resumableSession(ending);
  return [
    ...(ending.retryAfter === undefined ? [] : [step('retry', `in ${formatSeconds(ending.retryAfter * 1000)}`)]),
    ...(sessionId === null ? [] : [step('resume', `sluice --resume ${sessionId} "go on"`)]),
  ];
}

function step(what: string, how: string): Line {
  return [
    ['dim', `${INDENT}${what}: `],
    ['accent', how],
  ];
}
