import fc from 'fast-check';
import { Lexer, type Token, walkTokens } from 'marked';
import { describe, expect, it } from 'vitest';
import { stepSummary } from '../../../../src/sinks/ci/step-summary.ts';
import type { Ending } from '../../../../src/sinks/sink.ts';
import { rounds } from '../../../support/rounds.ts';
import { assistant, init, result } from '../../outcome/evidence.ts';
import { crash, endingOf, success } from '../endings.ts';
import { hostileText } from './hostile-texts.ts';

const MIB = 1024 * 1024;

const found = (findings: readonly object[], summary = ''): Ending =>
  endingOf([init(), result({ structured_output: { findings, summary } })]);

const summaryOf = (ending: Ending, room = MIB): string => stepSummary(ending, '/workspace', room);

describe('the summary of a step', () => {
  it('tells how a run ended, what it took, and the answer as it is', () => {
    const ending = endingOf(
      [
        init(),
        assistant('x'),
        result({ result: '# Fine\n\n```js\nok()\n```\n![](http://a)', total_cost_usd: 0.5, num_turns: 3 }),
      ],
      { remarks: ['a <b>remark</b>'] },
    );
    expect(summaryOf(ending)).toMatchInlineSnapshot(`
      "### sluice: ✅ success

      3 turns · 1\\.5 s · \\$0\\.50 · session e3c9e254\\-0f2e\\-4662\\-8047\\-6183c453dab1

      - ⚠️ a \\<b\\>remark\\<\\/b\\>

      <details><summary>The answer</summary>

      \`\`\`\`text
      # Fine

      \`\`\`js
      ok()
      \`\`\`
      ![](http://a)
      \`\`\`\`

      </details>

      "
    `);
  });

  it('has a table of findings', () => {
    const findings = [
      { level: 'notice', message: 'A | b\n<c>', file: 'a_b.ts' },
      { level: 'error', message: 'It never ends.', title: 'Loop', file: 'src/loop.ts', line: 2 },
      { level: 'warning', message: 'Out there.', file: '/etc/passwd' },
    ];
    expect(summaryOf(found(findings, 'Three things.'))).toMatchInlineSnapshot(`
      "### sluice: ✅ success

      1 turn · 1\\.5 s · session e3c9e254\\-0f2e\\-4662\\-8047\\-6183c453dab1


      **Findings:** 1 error, 1 warning, 1 notice

      Three things\\.

      1 finding outside the workspace, without a place below.

      | | where | what |
      | --- | --- | --- |
      | ❌ | src\\/loop\\.ts\\:2 | **Loop** It never ends\\. |
      | ⚠️ |  | Out there\\. \\(at \\/etc\\/passwd\\, outside the workspace\\) |
      | ℹ️ | a\\_b\\.ts | A \\| b \\<c\\> |

      "
    `);
  });

  it('says why there is nothing to tell', () => {
    expect(summaryOf(crash())).toMatch(/^### sluice: ❌ crashed\n\n.*boom/);
  });
});

describe('a summary that is too long', () => {
  it.each<[string, Ending]>([
    ['an answer of 3 MB', success('ü'.repeat(1_500_000))],
    ['an answer of control characters', success('\u202E'.repeat(200_000))],
    ['an answer that is one fence', success('`'.repeat(900_000))],
    [
      'ten thousand findings',
      found(Array.from({ length: 10_000 }, () => ({ level: 'error', message: '|'.repeat(400) }))),
    ],
    [
      'a hundred findings of 1 MB',
      found(Array.from({ length: 100 }, () => ({ level: 'error', message: 'x'.repeat(MIB) }))),
    ],
    ['a summary of 3 MB', found([], 'x'.repeat(3 * MIB))],
    [
      'ten thousand warnings',
      endingOf([init(), result()], { remarks: Array.from({ length: 10_000 }, () => 'x'.repeat(9999)) }),
    ],
  ])('is cut to its limit, with %s', (_, ending) => {
    for (const room of [MIB, 2000, -5])
      expect(Buffer.byteLength(summaryOf(ending, room))).toBeLessThanOrEqual(Math.max(0, room));
    expect(summaryOf(ending)).toMatch(/^### sluice: ✅ success\n/);
  });

  it('tells what was left out', () => {
    expect(summaryOf(success('x'.repeat(2 * MIB))).slice(-200)).toMatch(
      /\n\[[\d,]+ of 2,097,152 characters are shown\]\n/,
    );
    const many = found(Array.from({ length: 5000 }, (_unused, index) => ({ level: 'error', message: `no ${index}` })));
    expect(summaryOf(many)).toContain('\n4,000 more findings, none graver than these.\n');
  });
});

/** What is rendered of Markdown as anything else than words. */
function activeParts(markdown: string): string[] {
  const parts: Token[] = [];
  void walkTokens(new Lexer({ gfm: true }).lex(markdown), (token) => void parts.push(token));
  return parts
    .filter(({ type }) => ['link', 'image', 'html', 'codespan', 'def'].includes(type))
    .map(({ raw }) => raw.trim());
}

describe('whatever a model says', () => {
  it('is no link, no picture, no HTML and no mention in the summary', () => {
    fc.assert(
      fc.property(
        fc.array(hostileText, { minLength: 6, maxLength: 6 }),
        ([a = '', b = '', c = '', d = '', e = '', f = '']) => {
          const finding = { level: 'error', message: `m${a}`, title: b, rule: c, file: d, line: 1 };
          const text = summaryOf(
            endingOf([init(), result({ structured_output: { findings: [finding], summary: e } })], { remarks: [f] }),
          );
          expect(activeParts(text)).toEqual([]);
          expect(text).not.toMatch(/@\w/);
          expect(text.match(/^\| ❌ \|/gm)).toHaveLength(1);
          expect(text).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028-\u202E]/);
        },
      ),
      { numRuns: rounds(150) },
    );
  });

  it('does not get out of the fence of the answer', () => {
    fc.assert(
      fc.property(hostileText, (answer) => {
        const text = summaryOf(success(`a${answer}`));
        expect(activeParts(text)).toEqual(['<details><summary>The answer</summary>', '</details>']);
      }),
      { numRuns: rounds(150) },
    );
  });
});
