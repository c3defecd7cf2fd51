import published from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeQualityOf } from '../../../../src/sinks/ci/code-quality.ts';
import { dotenvOf } from '../../../../src/sinks/ci/dotenv.ts';
import { junitOf } from '../../../../src/sinks/ci/junit.ts';
import { sarifOf } from '../../../../src/sinks/ci/sarif.ts';
import type { Ending } from '../../../../src/sinks/sink.ts';
import { rounds } from '../../../support/rounds.ts';
import { init, result } from '../../outcome/evidence.ts';
import { crash, endingOf, success } from '../endings.ts';
import { hostileText } from './hostile-texts.ts';
import { readXml } from './read-xml.ts';

const WORKSPACE = '/workspace';

const found = (findings: readonly object[]): Ending =>
  endingOf([init(), result({ structured_output: { findings } })], {
    asked: { schema: true, failOn: [], failOnFindings: 'error' },
  });

const SOME = found([
  { level: 'notice', message: 'A long file.', file: 'src/a.ts' },
  { level: 'error', message: 'It never ends.', title: 'Loop', rule: 'no-loop', file: 'a b/ü#.ts', line: 2, endLine: 3 },
  { level: 'warning', message: 'Out there [x](http://a).', file: '../b.ts', line: 1 },
  { level: 'error', message: 'It never ends.', file: 'src/a.ts', line: 2, column: 1, endColumn: 4 },
  { level: 'error', message: 'It never ends.', file: 'src/a.ts', line: 9 },
]);

/** Any findings that a model may come up with. */
const findings = fc.array(
  fc.record(
    {
      level: fc.constantFrom('error', 'warning', 'notice'),
      message: hostileText.map((text) => `m${text}`),
      title: hostileText,
      rule: hostileText,
      file: hostileText,
      line: fc.integer({ min: 1 }),
      endLine: fc.integer({ min: 1 }),
      column: fc.integer({ min: 1 }),
      endColumn: fc.integer({ min: 1 }),
    },
    { requiredKeys: ['level', 'message'] },
  ),
  { maxLength: 5 },
);

/** Of a draft that ajv knows no more; what is used of it has not changed since. */
const { $schema: _, id: _id, ...schema } = published;
const ajv = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false });
const isSarif = ajv.compile(schema);

describe('SARIF', () => {
  it('has the gravest first, each with its place in the workspace', () => {
    const [run] = JSON.parse(sarifOf(SOME, WORKSPACE)).runs;
    expect(run.results.map(({ level }: { readonly level: string }) => level)).toEqual(
      'error error error warning note'.split(' '),
    );
    expect(run.results[0]).toEqual({
      ruleId: 'no-loop',
      level: 'error',
      message: { text: 'Loop: It never ends.' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'a%20b/%C3%BC%23.ts', uriBaseId: '%SRCROOT%' },
            region: { startLine: 2, endLine: 3 },
          },
        },
      ],
    });
    expect(run.results[3]).toEqual({
      ruleId: 'finding',
      level: 'warning',
      message: { text: 'Out there [x] (http://a). (at ../b.ts:1, outside the workspace)' },
    });
    expect(run.tool.driver.rules).toEqual([{ id: 'no-loop' }, { id: 'finding' }]);
    expect(run.invocations).toEqual([{ executionSuccessful: true, exitCode: 7 }]);
  });

  it('tells of a run that failed, in place of findings', () => {
    const [run] = JSON.parse(sarifOf(crash(), WORKSPACE)).runs;
    expect(run.results).toEqual([]);
    expect(run.invocations).toMatchObject([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [{ message: { text: expect.stringMatching(/^crashed: /) } }],
      },
    ]);
  });

  it('has as many as GitHub takes, and counts the rest', () => {
    const many = Array.from({ length: 36_000 }, (_, index) => ({
      level: index % 9 === 0 ? 'error' : 'notice',
      message: 'x',
    }));
    const [run] = JSON.parse(sarifOf(found(many), WORKSPACE)).runs;
    expect(run.results).toHaveLength(25_000);
    expect(run.properties).toEqual({ leftOut: 11_000 });
    expect(run.results[3_999].level).toBe('error');
  });

  it('meets the published schema, whatever is found', () => {
    for (const ending of [SOME, crash(), success()])
      expect([isSarif(JSON.parse(sarifOf(ending, WORKSPACE))), isSarif.errors]).toEqual([true, null]);
    fc.assert(
      fc.property(findings, (some) => {
        isSarif(JSON.parse(sarifOf(found(some), WORKSPACE)));
        expect(isSarif.errors).toBeNull();
      }),
      { numRuns: rounds(100) },
    );
  });
});

/*
 * What readers of JUnit's format agree on; there is no schema of JUnit's own. Attributes are texts, children are told by
 * their order.
 */
const isJunit = ajv.compile({
  type: 'object',
  required: ['name', 'attributes', 'children'],
  properties: {
    name: { const: 'testsuites' },
    attributes: { $ref: '#/$defs/counts' },
    children: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        properties: {
          name: { const: 'testsuite' },
          attributes: { $ref: '#/$defs/counts' },
          children: { type: 'array', minItems: 1, items: { $ref: '#/$defs/testcase' } },
        },
      },
    },
  },
  $defs: {
    counts: {
      type: 'object',
      required: ['name', 'tests', 'failures', 'errors', 'time'],
      additionalProperties: { type: 'string' },
      properties: Object.fromEntries(['tests', 'failures', 'errors'].map((name) => [name, { pattern: '^\\d+$' }])),
    },
    testcase: {
      type: 'object',
      properties: {
        name: { const: 'testcase' },
        attributes: {
          type: 'object',
          required: ['name', 'classname', 'time'],
          properties: { name: { minLength: 1 }, line: { pattern: '^\\d+$' }, time: { pattern: '^\\d+(\\.\\d+)?$' } },
        },
        children: {
          type: 'array',
          maxItems: 1,
          items: {
            properties: { name: { enum: ['error', 'failure', 'system-out'] }, children: { items: { type: 'string' } } },
          },
        },
      },
    },
  },
});

describe('JUnit', () => {
  it('has a test for the run, and one for each finding', () => {
    expect(junitOf(SOME, WORKSPACE)).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="sluice" tests="6" failures="4" errors="0" time="1.500"><testsuite name="sluice" tests="6" failures="4" errors="0" time="1.500" timestamp="2026-11-21T03:00:00"><testcase classname="sluice" name="run" time="1.500"></testcase>
      <testcase classname="no-loop" name="a b/ü#.ts:2 Loop" time="0" file="a b/ü#.ts" line="2"><failure type="error" message="It never ends.">a b/ü#.ts:2&#10;It never ends.</failure></testcase>
      <testcase classname="finding" name="src/a.ts:2 It never ends." time="0" file="src/a.ts" line="2"><failure type="error" message="It never ends.">src/a.ts:2&#10;It never ends.</failure></testcase>
      <testcase classname="finding" name="src/a.ts:9 It never ends." time="0" file="src/a.ts" line="9"><failure type="error" message="It never ends.">src/a.ts:9&#10;It never ends.</failure></testcase>
      <testcase classname="finding" name="Out there [x](http://a). (at ../b.ts:1, outside the workspace)" time="0"><failure type="warning" message="Out there [x](http://a). (at ../b.ts:1, outside the workspace)">Out there [x](http://a). (at ../b.ts:1, outside the workspace)</failure></testcase>
      <testcase classname="finding" name="src/a.ts A long file." time="0" file="src/a.ts"><system-out>A long file.</system-out></testcase>
      </testsuite>
      </testsuites>
      "
    `);
  });

  it('has an error for a run that failed', () => {
    expect(junitOf(crash(), WORKSPACE)).toMatch(
      / failures="0" errors="1" .*<error type="crashed" message="[^"]*boom[^"]*">/s,
    );
  });

  it('is well-formed, and what its readers expect, whatever is found', () => {
    for (const ending of [SOME, crash(), success()])
      expect([isJunit(readXml(junitOf(ending, WORKSPACE))), isJunit.errors]).toEqual([true, null]);
    fc.assert(
      fc.property(findings, (some) => {
        isJunit(readXml(junitOf(found(some), WORKSPACE)));
        expect(isJunit.errors).toBeNull();
      }),
      { numRuns: rounds(100) },
    );
  });
});

describe("GitLab's report of code quality", () => {
  it('has each finding that has a place, and nothing twice', () => {
    const issues: { readonly fingerprint: string; readonly location: unknown; readonly severity: string }[] =
      JSON.parse(codeQualityOf(SOME, WORKSPACE) ?? '');
    expect(issues[0]).toEqual({
      description: 'Loop: It never ends.',
      check_name: 'no-loop',
      fingerprint: expect.stringMatching(/^[\da-f]{64}$/),
      severity: 'critical',
      location: { path: 'a b/ü#.ts', lines: { begin: 2, end: 3 } },
    });
    expect(issues.map(({ severity }) => severity)).toEqual(['critical', 'critical', 'critical', 'info']);
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(4);
  });

  it('knows a finding again though its line has changed', () => {
    const at = (line: number): unknown =>
      JSON.parse(codeQualityOf(found([{ level: 'error', message: 'x', file: 'a', line }]), WORKSPACE) ?? '')[0]
        .fingerprint;
    expect(at(3)).toBe(at(4));
  });

  it('is none where no findings can be read', () => {
    expect(codeQualityOf(success(), WORKSPACE)).toBeNull();
    expect(codeQualityOf(found([]), WORKSPACE)).toBe('[]\n');
  });
});

describe("GitLab's variables", () => {
  it('are a line each, without the answer', () => {
    expect(dotenvOf(SOME, WORKSPACE, '/builds/run.json').split('\n')).toEqual([
      'RUN_OUTCOME=findings',
      'RUN_EXIT_CODE=7',
      expect.stringMatching(/^RUN_SESSION_ID=[\w-]+$/),
      'RUN_COST=',
      'RUN_TOKENS=0',
      'RUN_FINDINGS=5',
      'RUN_BUNDLE=/builds/run.json',
      '',
    ]);
  });

  it('hold nothing that would be read as something else', () => {
    expect(dotenvOf(success(), WORKSPACE, '/builds/$CI_JOB_TOKEN\nX=1.json')).not.toMatch(/BUNDLE|CI_JOB/);
  });
});
