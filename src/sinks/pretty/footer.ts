import { resumableSession } from '../../outcome/report.ts';
import type { Ending } from '../sink.ts';
import { describeWithheld } from '../../outcome/describe-withheld.ts';
import { foldFacts } from './fold-facts.ts';
import { countOf, formatCost, formatCount, formatDuration, formatSeconds } from './format.ts';
import { type StyledLine, renderLine, wrapLine } from './spans.ts';
import { MARKS, type Paint } from './theme.ts';
import { hang } from './wrap.ts';

/**
 * The last lines of a run: how it ended, what it took, what to do next. They are wrapped, but for commands, which are
 * there to be copied.
 */
export function footerLines(ending: Ending, columns: number, paint: Paint): readonly string[] {
  const verdict: StyledLine =
    ending.class === 'success'
      ? [
          ['good', `${MARKS.good} `],
          ['good', 'success'],
        ]
      : [
          ['bad', `${MARKS.bad} `],
          ['bad', `${ending.class}: ${ending.message}`],
        ];
  const facts = foldFacts(factsOf(ending), columns - INDENT.length).map((line) => paint('dim', line));
  return [
    ...wrapLine(verdict, columns, paint),
    ...hang(facts, INDENT, INDENT),
    ...ending.warnings.flatMap((warning) =>
      wrapLine(
        [
          ['warning', `${MARKS.warning} `],
          ['warning', warning],
        ],
        columns,
        paint,
      ),
    ),
    ...nextSteps(ending).map((line) => renderLine(line, Infinity, paint)),
  ];
}

const INDENT = '  ';

function factsOf({ report, clipped }: Ending): readonly string[] {
  const { usage, numTurns, totalCostUsd, redactions, condensed, sessionId, claude, cached: earlier } = report;
  const hidden = redactions.input?.total ?? 0;
  const tokensIn = usage.inputTokens + usage.cacheReadInputTokens + usage.cacheCreationInputTokens;
  const cached = usage.cacheReadInputTokens === 0 ? '' : ` (${formatCount(usage.cacheReadInputTokens)} cached)`;
  return [
    ...(earlier === undefined ? [] : [`cached ${earlier.at}, run ${earlier.runId}`]),
    ...(numTurns === null ? [] : [countOf(numTurns, 'turn')]),
    formatDuration(report.executionTime),
    ...(tokensIn + usage.outputTokens === 0
      ? []
      : [`${formatCount(tokensIn)} tokens in${cached}`, `${formatCount(usage.outputTokens)} out`]),
    ...(totalCostUsd === null ? [] : [formatCost(totalCostUsd)]),
    ...(claude.apiKeySource === null ? [] : [describeAuth(claude.apiKeySource)]),
    ...(redactions.total === 0 ? [] : [`${formatCount(redactions.total)} redacted`]),
    ...(claude.withheld === undefined ? [] : [describeWithheld(claude.withheld)]),
    ...(hidden === 0 ? [] : [`${formatCount(hidden)} redacted in the prompt`]),
    ...(condensed === undefined
      ? []
      : [`condensed to ${formatCount(condensed.kept)} of ${countOf(condensed.lines, 'line')}`]),
    ...(clipped.strings === 0 ? [] : [`${formatCount(clipped.strings)} clipped`]),
    ...(sessionId === null ? [] : [`session ${sessionId}`]),
  ];
}

/** Claude says `none` for a login or a cloud's credentials, and when there is no way in at all: there is no key, that is all. */
function describeAuth(source: string): string {
  return `auth: ${source === 'none' ? 'no API key' : source}`;
}

function nextSteps(ending: Ending): readonly StyledLine[] {
  const sessionId = resumableSession(ending);
  return [
    ...(ending.retryAfter === undefined ? [] : [step('retry', `in ${formatSeconds(ending.retryAfter * 1000)}`)]),
    ...(sessionId === null ? [] : [step('resume', `sluice --resume ${sessionId} "go on"`)]),
  ];
}

function step(what: string, how: string): StyledLine {
  return [
    ['dim', `${INDENT}${what}: `],
    ['accent', how],
  ];
}
