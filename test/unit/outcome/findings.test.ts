import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rounds } from '../../support/rounds.ts';
import { areFindings, countLevels, describeCounts, FINDINGS_SCHEMA, flawOf } from '../../../src/outcome/findings.ts';

const finding = { level: 'error', message: 'It never ends.', file: 'src/loop.ts', line: 2 };

/** Answers that are nearly right: any part of one may be missing or something else. */
const odd = fc.oneof(fc.constant(finding.level), fc.string(), fc.integer(), fc.double(), fc.constant(null));
const answers = fc.record(
  {
    summary: odd,
    findings: fc.oneof(
      odd,
      fc.array(
        fc.record(
          {
            level: fc.oneof({ weight: 9, arbitrary: fc.constantFrom('error', 'warning', 'notice') }, odd),
            message: fc.oneof({ weight: 9, arbitrary: fc.string() }, odd),
            line: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 9 }) }, odd),
            file: fc.string(),
            note: odd,
          },
          { requiredKeys: [] },
        ),
        { maxLength: 3 },
      ),
    ),
  },
  { requiredKeys: [] },
);

describe('findings', () => {
  it('are read by the schema that is published', () => {
    const isValid = new Ajv({ strict: true }).compile(FINDINGS_SCHEMA);
    fc.assert(
      fc.property(fc.oneof(answers, odd), (answer) => {
        expect(areFindings(answer)).toBe(isValid(answer));
      }),
      { numRuns: rounds(300) },
    );
  });

  it('may be none, and an answer may say more than they do', () => {
    expect(areFindings({ findings: [] })).toBe(true);
    expect(areFindings({ verdict: 'approve', findings: [{ ...finding, effort: 3 }] })).toBe(true);
  });

  it.each<[unknown, string, string]>([
    [undefined, '', 'an object'],
    [[], '', 'an object'],
    [{}, 'findings', 'it to be there'],
    [{ findings: {} }, 'findings', 'a list'],
    [{ findings: [finding, { ...finding, level: 'fatal' }] }, 'findings[1].level', 'one of error, warning, notice'],
    [{ findings: [{ ...finding, line: 0 }] }, 'findings[0].line', 'a whole number from 1'],
    [{ findings: [{ ...finding, message: '' }] }, 'findings[0].message', 'a text that is not empty'],
    [{ findings: [], summary: 3 }, 'summary', 'a text'],
  ])('are not in %j', (answer, place, expected) => {
    expect(flawOf(answer)).toEqual({ place, expected });
  });

  it('are counted by level', () => {
    const levels = ['notice', 'error', 'error'] as const;
    const counts = countLevels(levels.map((level) => ({ level, message: 'x' })));
    expect(describeCounts(counts)).toBe('2 errors, 1 notice');
    expect(describeCounts(countLevels([]))).toBe('nothing');
  });
});
