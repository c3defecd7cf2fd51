import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { OUTCOME_CLASSES } from '../outcome/classes.ts';
import type { Output } from './output.ts';
import type { Ending, Sink } from './sink.ts';

/** What tells runs of different jobs apart, from the name of their file. */
export interface MetricsFileOptions {
  readonly path: string;
  /** Replaces the file as a whole. */
  readonly output: Output;
  readonly now: () => number;
}

const HELP = {
  sluice_last_run_timestamp_seconds: 'When the last run ended.',
  sluice_last_success_timestamp_seconds: 'When the last run ended that was a success; 0 if none was.',
  sluice_last_run_duration_seconds: 'How long the last run took.',
  sluice_last_run_exit_code: 'What the last run exited with.',
  sluice_last_run_outcome: 'How the last run ended: 1 for its class, 0 for all others.',
  sluice_last_run_cost_usd: "What the last run cost, by claude's own estimate.",
  sluice_last_run_tokens: 'Tokens of the last run.',
  sluice_last_run_turns: 'Turns of the last run.',
} as const;

type Name = keyof typeof HELP;

/**
 * Writes how a run went in the text format of Prometheus, for node_exporter's textfile collector. The time of the last
 * success is taken over from the file that is there.
 */
export function createMetricsFileSink({ path, output, now }: MetricsFileOptions): Sink {
  const lastSuccess = lastSuccessIn(path);
  const job = basename(path).replace(/\.prom$/, '');
  return {
    write() {},
    async close(ending) {
      const at = now() / 1000;
      await output.write(textOf(samplesOf(ending, at, ending.class === 'success' ? at : lastSuccess), job));
    },
  };
}

type Sample = readonly [Name, Readonly<Record<string, string>>, number];

function samplesOf({ class: own, exitCode, report }: Ending, at: number, lastSuccess: number): Sample[] {
  const { executionTime, totalCostUsd, usage, numTurns } = report;
  return [
    ['sluice_last_run_timestamp_seconds', {}, at],
    ['sluice_last_success_timestamp_seconds', {}, lastSuccess],
    ...known('sluice_last_run_duration_seconds', executionTime === null ? null : executionTime / 1000),
    ['sluice_last_run_exit_code', {}, exitCode],
    ...OUTCOME_CLASSES.map((name): Sample => ['sluice_last_run_outcome', { class: name }, name === own ? 1 : 0]),
    ...known('sluice_last_run_cost_usd', totalCostUsd),
    ['sluice_last_run_tokens', { kind: 'input' }, usage.inputTokens],
    ['sluice_last_run_tokens', { kind: 'output' }, usage.outputTokens],
    ['sluice_last_run_tokens', { kind: 'cache_read' }, usage.cacheReadInputTokens],
    ['sluice_last_run_tokens', { kind: 'cache_creation' }, usage.cacheCreationInputTokens],
    ...known('sluice_last_run_turns', numTurns),
  ];
}

function known(name: Name, value: number | null): Sample[] {
  return value === null ? [] : [[name, {}, value]];
}

function textOf(samples: readonly Sample[], job: string): string {
  const told = new Set<Name>();
  return samples
    .flatMap(([name, labels, value]) => {
      const header = told.has(name) ? [] : [`# HELP ${name} ${HELP[name]}`, `# TYPE ${name} gauge`];
      told.add(name);
      const all = Object.entries({ job, ...labels }).map(([label, text]) => `${label}="${escaped(text)}"`);
      return [...header, `${name}{${all.join(',')}} ${value}`];
    })
    .map((line) => `${line}\n`)
    .join('');
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function lastSuccessIn(path: string): number {
  try {
    return Number(
      /^sluice_last_success_timestamp_seconds(?:\{.*\})? (\d+(?:\.\d+)?)$/m.exec(readFileSync(path, 'utf8'))?.[1] ?? 0,
    );
  } catch {
    return 0;
  }
}
