import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import * as z from 'zod';
import { installPeers } from '../peers/install.ts';

/** The revisions of the protocol that the suite is run for. */
export const REVISIONS = ['2026-07-28', '2025-11-25'] as const;
export type Revision = (typeof REVISIONS)[number];

/** What the suite found. */
export interface Verdict {
  /** Scenarios that the revision requires, and those of them that pass. */
  readonly required: number;
  readonly passed: number;
  /** The same of those that the suite runs and does not count: extensions, and what came later. */
  readonly others: number;
  readonly othersPassed: number;
  /** Failures that were not expected, and expected ones that did not come, a line each. */
  readonly surprises: readonly string[];
}

/**
 * Runs the suite for one revision against a server.
 * @param name of the list of what may fail: `expected-failures/NAME-REVISION.yml`. Its `server` is for the suite itself;
 *   what it does not count may fail where it stands under `others`
 * @throws Error when the suite does not come to a verdict
 */
export async function runSuite(url: URL, revision: Revision, name: string): Promise<Verdict> {
  const suite = installPeers('conformance');
  const expected = fileURLToPath(new URL(`expected-failures/${name}-${revision}.yml`, import.meta.url));
  const args = ['server', '--url', url.href, '--requirements', revision, '--expected-failures', expected];
  const child = spawn(installPeers('node24'), [suite, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [report] = await Promise.all([text(child.stdout), once(child, 'close')]);

  const requirements = join(dirname(suite), `../requirements/${revision}.yaml`);
  const { server: required } = requirementsSchema.parse(yamlOf(requirements));
  const outcomes = outcomesIn(report);
  const counted = outcomes.filter(({ scenario }) => required.includes(scenario));
  const others = outcomes.filter(({ scenario }) => !required.includes(scenario));
  const surprises = surprisesIn(report);
  // It exits with 1 for surprises, and for whatever else has kept it from its work.
  if (counted.length !== required.length || (child.exitCode !== 0 && surprises.length === 0)) {
    throw new Error(`the suite came to no verdict:\n${report}`);
  }
  const excused = expectedSchema.parse(yamlOf(expected)).others;
  const odd = others.filter(({ scenario, passes }) => passes === excused.includes(scenario));
  return {
    required: counted.length,
    passed: counted.filter(({ passes }) => passes).length,
    others: others.length,
    othersPassed: others.filter(({ passes }) => passes).length,
    surprises: [...surprises, ...odd.map(inWords)],
  };
}

/** How a scenario ended. */
interface Outcome {
  readonly scenario: string;
  readonly passes: boolean;
}

const requirementsSchema = z.object({ server: z.array(z.string()) });
const expectedSchema = z.object({ others: z.array(z.string()).default([]) });

function yamlOf(file: string): unknown {
  return parse(readFileSync(file, 'utf8'));
}

/** The scenarios of the summary, such as `✓ tools-list: 2 passed, 0 failed`. */
function outcomesIn(report: string): Outcome[] {
  const lines = report.matchAll(/^([✓✗]) (\S+): \d+ passed, \d+ failed$/gm);
  return [...lines].map(([, mark, scenario = '']) => ({ scenario, passes: mark === '✓' }));
}

/** What the suite says of its list, after the summary: `  ✗ tools-list` for a failure, `  ✓ tools-list` for none. */
function surprisesIn(report: string): string[] {
  const lines = report.slice(report.indexOf('=== SUMMARY ===')).matchAll(/^ {2}([✓✗]) (\S+)$/gm);
  return [...lines].map(([, mark, scenario = '']) => inWords({ scenario, passes: mark === '✓' }));
}

function inWords({ scenario, passes }: Outcome): string {
  return `${passes ? 'passes' : 'fails'}: ${scenario}`;
}
