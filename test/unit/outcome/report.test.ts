import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { toJSONSchema } from 'zod';
import { bundleSchema } from '../../../src/outcome/bundle.ts';
import { reportSchema } from '../../../src/outcome/report-schema.ts';
import { classify } from '../../../src/outcome/classify.ts';
import type { Evidence } from '../../../src/outcome/evidence.ts';
import { makeReport } from '../../../src/outcome/report.ts';
import { replay } from '../../../src/replay.ts';
import { createBundleSink } from '../../../src/sinks/formats/bundle.ts';
import { from } from '../../support/collect.ts';
import { evidenceOf, type RecordingName, RECORDINGS, streamOf } from '../../support/recordings.ts';
import { assistant, evidence, init, result, SESSION } from './evidence.ts';

const RUN = {
  runId: '11111111-2222-4333-8444-555555555555',
  startedAt: '2026-11-21T03:00:00.000Z',
  executionTime: 1234,
  path: '/usr/bin/claude',
  redactions: { total: 2, byKind: { 'github-token': 2 } },
};

const reportOf = (given: Evidence) => makeReport(given, classify(given), RUN);

/** As another program would check it: the published schema, over what is printed. */
const fitsBundle = new Ajv2020({ allowUnionTypes: true }).compile(toJSONSchema(bundleSchema));
const fitsReport = new Ajv2020({ allowUnionTypes: true }).compile(toJSONSchema(reportSchema));

async function bundleOf(name: RecordingName, maxMessages: number): Promise<unknown> {
  let text = '';
  const options = { maxMessages, maxChars: 500, systemMessages: true };
  const sink = createBundleSink({ write: (piece) => void (text += piece) }, options);
  await replay(from([streamOf(name)]), { maxChars: 500 }, [sink], { env: {} });
  return JSON.parse(text);
}

describe('the report of a recording', () => {
  it.each(RECORDINGS)('of %s fits its schema', async (name) => {
    const report: unknown = JSON.parse(JSON.stringify(reportOf(await evidenceOf(name))));
    expect(reportSchema.safeParse(report).error).toBeUndefined();
    fitsReport(report);
    expect(fitsReport.errors ?? []).toEqual([]);
  });
});

describe('the bundle of a recording', () => {
  it.each(RECORDINGS)('of %s fits the published schema', async (name) => {
    const bundle = await bundleOf(name, Number.POSITIVE_INFINITY);
    expect(bundleSchema.safeParse(bundle).error).toBeUndefined();
    fitsBundle(bundle);
    expect(fitsBundle.errors ?? []).toEqual([]);
  });

  it('fits it with few messages too, and does not when a field is missing or has another type', async () => {
    const bundle = bundleSchema.parse(await bundleOf('tools2', 2));
    expect(fitsBundle(bundle)).toBe(true);
    const { sessionId: _, ...without } = bundle;
    expect(fitsBundle(without)).toBe(false);
    expect(fitsBundle({ ...bundle, messages: 'many' })).toBe(false);
    expect(fitsBundle({ ...bundle, outcome: { ...bundle.outcome, class: 'splendid' } })).toBe(false);
  });
});

describe('makeReport', () => {
  it('tells a success', () => {
    const report = reportOf(
      evidence([
        init({ claude_code_version: '2.1.197', apiKeySource: 'none' }),
        assistant('All is well.'),
        result({ total_cost_usd: 0.5, num_turns: 3, modelUsage: { m: { costUSD: 0.5 } } }),
      ]),
    );
    const { path, ...run } = RUN;
    expect(report).toMatchObject({
      schemaVersion: 1,
      ...run,
      sessionId: SESSION,
      partial: false,
      result: { success: true, summary: 'All is well.' },
      outcome: { class: 'success', exitCode: 0 },
      totalCostUsd: 0.5,
      numTurns: 3,
      modelUsage: { m: { costUSD: 0.5 } },
      claude: {
        version: '2.1.197',
        path,
        model: 'claude-opus-4-8',
        cwd: '/workspace',
        permissionMode: 'default',
        apiKeySource: 'none',
        exit: { code: 0, signal: null },
      },
    });
    expect(report.result).not.toHaveProperty('error');
    expect(report.result).not.toHaveProperty('structured');
  });

  it.each([[null], [0], [''], [{ name: 'Ada' }]])('carries the structured output %j', (value) => {
    expect(reportOf(evidence([init(), result({ structured_output: value })])).result.structured).toEqual(value);
  });

  it('is the same document for a run that was cut short, with what was there', () => {
    const stderr = 'some last words';
    const exit = { code: null, signal: 'SIGKILL' };
    const report = reportOf(evidence([init(), assistant('Half an ans')], { stoppedBy: 'timeout', exit, stderr }));
    expect(report).toMatchObject({
      partial: true,
      sessionId: SESSION,
      result: { success: false, summary: 'Half an ans', error: report.outcome.message },
      outcome: { class: 'timeout', exitCode: 124 },
      totalCostUsd: null,
      claude: { exit, stderr },
    });
    expect(reportSchema.safeParse(report).success).toBe(true);
  });

  it('is whole when claude never started', () => {
    const fault = { code: 'claude_not_found', message: 'claude not found on PATH' } as const;
    const report = reportOf(evidence([], { fault, exit: null }));
    expect(report).toMatchObject({
      sessionId: null,
      partial: true,
      result: { success: false, summary: '', error: 'claude not found on PATH' },
      usage: { inputTokens: 0, outputTokens: 0 },
      numTurns: null,
      claude: { version: null, model: null, exit: { code: null, signal: null } },
    });
    expect(reportSchema.safeParse(report).success).toBe(true);
  });

  it.each([
    [
      'a failure that claude told itself',
      [init(), result({ subtype: 'error_max_turns', is_error: true })],
      null,
      false,
    ],
    ['a success that lingered', [init(), result()], 'lingering', false],
    ['an interrupt', [init(), result({ is_error: true, terminal_reason: 'aborted_tools' })], 'SIGINT', true],
    ['a crash', [init()], null, true],
  ] as const)('says of %s whether it is partial', (_, messages, stoppedBy, partial) => {
    expect(reportOf(evidence(messages, { stoppedBy })).partial).toBe(partial);
  });

  it('counts the cost and the turns of background tasks too', async () => {
    const report = reportOf(await evidenceOf('bash-bg'));
    expect(report).toMatchObject({ totalCostUsd: 0.00168, numTurns: 3, usage: { inputTokens: 36, outputTokens: 60 } });
    expect(report.result.summary).toBe('Turn text #2');
  });

  it('has numbers that fit whatever claude prints', () => {
    const odd = result({ num_turns: 1.5, api_error_status: 429.5, is_error: true, total_cost_usd: -1 });
    const usage = { input_tokens: -1, output_tokens: 0.5 };
    const report = reportOf(evidence([init(), assistant('x', {}, { usage }), odd]));
    expect(reportSchema.safeParse(report).error).toBeUndefined();
  });
});
