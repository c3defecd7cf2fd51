import type { Explanation } from '../../explain/explanation.ts';
import { numbered } from '../../outcome/words.ts';
import type { Paint } from '../../sinks/pretty/theme.ts';
import { oneLine } from '../../sinks/safe-text.ts';
import { shorten } from '../../shorten.ts';

/** An explanation as people read it. */
export function explanationLines(explanation: Explanation, paint: Paint): string {
  const { class: own, exitCode, message, evidence, warnings, advice } = explanation;
  const ink = own === 'success' ? 'good' : 'bad';
  return [
    `${paint(ink, own)} ${paint('dim', `(exit code ${exitCode})`)} ${oneLine(message)}`,
    ...section('Why', evidence, paint),
    ...section('Warnings', warnings, paint),
    ...section('When', timesOf(explanation), paint),
    ...section('What to try', advice, paint),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function section(title: string, lines: readonly string[], paint: Paint): string[] {
  return lines.length === 0 ? [] : ['', paint('strong', title), ...lines.map((line) => `  ${oneLine(line)}`)];
}

function timesOf({ timeline }: Explanation): string[] {
  const { messages, ms, gaps, lastCall, calls } = timeline;
  return [
    `${numbered(messages, 'message')} in ${seconds(ms)}, ${numbered(calls, 'call')} of tools`,
    ...gaps.map((gap) => `after ${seconds(gap.at)}: ${seconds(gap.ms)} without a message (${gap.waitingFor})`),
    ...(lastCall === null
      ? []
      : [
          `after ${seconds(lastCall.at)}: the last call, ${lastCall.name} ${shorten(lastCall.input, LONGEST)}; ${ENDS[lastCall.ended]}`,
        ]),
  ];
}

const ENDS = {
  well: 'it ended well',
  'with an error': 'it ended with an error',
  'not at all': 'it did not end',
} as const;

const LONGEST = 100;

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
