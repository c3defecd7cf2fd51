import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { createMarkdownFlow } from '../../../../../src/sinks/pretty/markdown/markdown-flow.ts';
import { neutralise } from '../../../../../src/sinks/safe-text.ts';
import { createPaint, type Paint } from '../../../../../src/sinks/pretty/theme.ts';
import { markdown } from './texts.ts';

function linesOf(text: string, columns = 60, paint: Paint = createPaint(0)): readonly string[] {
  const flow = createMarkdownFlow(paint, () => columns);
  return [...flow.push(neutralise(text)), ...flow.end()];
}

const render = (text: string, columns?: number): string => linesOf(text, columns).join('\n');

/** Names the ink of each stretch, so that a reader of the test sees it. */
const named: Paint = (ink, text) => (ink === 'plain' ? text : `<${ink}>${text}</${ink}>`);

describe('markdown', () => {
  it('is rendered: headings, emphasis, code, links', () => {
    const text = [
      '# What **happened**',
      'A *short* ~~story~~ of `npm test`, ***told*** at [the log](https://ci.example/7),',
      'see <https://a.example> or https://b.example/x and ![a chart](chart.png).',
      '## Why',
      '### How',
    ].join('\n');
    expect(linesOf(text, 200, named).join('\n')).toMatchInlineSnapshot(`
      "<title>What <strong>happened</strong></title>
      A <emphasis>short</emphasis> <struck>story</struck> of <code>npm test</code>, <emphasis><strong>told</strong></emphasis>
      at <link>the log</link> <dim>(https://ci.example/7)</dim>,
      see <link>https://a.example</link> or <link>https://b.example/x</link> and <link>a chart</link> <dim>(chart.png)</dim>.

      <heading>Why</heading>

      <strong>How</strong>"
    `);
    expect(render(text)).toMatchInlineSnapshot(`
      "What happened
      ═════════════
      A short story of npm test, told at the log
      (https://ci.example/7),
      see https://a.example or https://b.example/x and a chart
      (chart.png).

      Why
      ───

      How"
    `);
  });

  it('hangs the lines of list items behind their marker, however deep', () => {
    const text = `- one that is long enough to be wrapped at the end of this line
  - nested, and long enough to be wrapped at the end of the line
    1. numbered
    2. **twice**
- [x] done
- [ ] to do

9. nine

   with a second paragraph, which is also longer than one line is
   \`\`\`sh
   echo hi
   \`\`\`
9. ten`;
    expect(render(text, 40)).toMatchInlineSnapshot(`
      "• one that is long enough to be wrapped
        at the end of this line
        ◦ nested, and long enough to be
          wrapped at the end of the line
          1. numbered
          2. twice
      • ✓ done
      • ☐ to do

      9. nine

         with a second paragraph, which is
         also longer than one line is
         ─ sh ────────────────────────────────
         echo hi
         ─────────────────────────────────────
      10. ten"
    `);
  });

  it('aligns tables, wraps what is too wide, and tells rows apart where columns do not fit', () => {
    const text = `| Name | Size | Note |
|:--|--:|:-:|
| a | 1 | ok |
| 日本語 | 22,000 | 👍 |
| \`x\` | 3 | a note that is too long for its column |`;
    expect(render(text, 44)).toMatchInlineSnapshot(`
      "Name   │   Size │            Note
      ───────┼────────┼───────────────────────────
      a      │      1 │             ok
      日本語 │ 22,000 │             👍
      x      │      3 │  a note that is too long
             │        │       for its column"
    `);
    expect(render(text, 16)).toMatchInlineSnapshot(`
      "Name: a
      Size: 1
      Note: ok
      ──────
      Name: 日本語
      Size: 22,000
      Note: 👍
      ──────
      Name: x
      Size: 3
      Note: a note
        that is too
        long for its
        column"
    `);
  });

  it('shows quotes, rules, code and diffs', () => {
    const text = `> Quoted text that goes on
> - and a list
***
\`\`\`diff
--- a/x
@@ -1 +1 @@
-old
+new
\`\`\`
~~~
let **x**; // ${'x'.repeat(60)}
~~~
    indented`;
    expect(render(text, 30)).toMatchInlineSnapshot(`
      "│ Quoted text that goes on
      │ • and a list
      ──────────────────────────────
      ─ diff ───────────────────────
      --- a/x
      @@ -1 +1 @@
      -old
      +new
      ──────────────────────────────
      ──────────────────────────────
      let **x**; // xxxxxxxxxxxxxxxx
      xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
      xxxxxxxxxxxxxx
      ──────────────────────────────
          indented"
    `);
    expect(linesOf('```diff\n@@ -1 @@\n-a\n+b\n c\n```', 30, named).slice(1, -1)).toEqual([
      '<accent>@@ -1 @@</accent>',
      '<bad>-a</bad>',
      '<good>+b</good>',
      ' c',
    ]);
  });

  it.each([
    'src/**/*.ts and lib/**/*.js',
    '*.ts, *.js and lib/*',
    '2**8 is 256, 3**2 is 9',
    '** not bold **',
    '#hashtag',
    '2026 was',
    '-5 degrees',
    '**',
    'a * b * c',
    '1.5 s',
    'snake_case_name and __init__.py',
    '~5 to ~10',
    'Vec<T>',
    'a line\nand another',
    '[x] and [y]: not a link',
  ])('leaves %j as it is', (text) => {
    expect(render(text)).toBe(text);
  });

  it('joins emphasis of CJK text, and resolves character references safely', () => {
    expect(linesOf('中文**加粗**中文 &lt;b&gt; &amp; &#27;[31m&#x9b;2J', 60, named)).toEqual([
      '中文<strong>加粗</strong>中文 <b> & ␛[31m‹U+009B›2J',
    ]);
  });

  it('prints what takes too long to parse as it came', () => {
    for (const text of ['>'.repeat(20_000), '- '.repeat(20_000), '_a_b'.repeat(20_000), 'x '.repeat(90_000)]) {
      expect(linesOf(text).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    }
  });

  it('finishes what it can while text comes in: items, code, paragraphs', () => {
    const flow = createMarkdownFlow(createPaint(0), () => 60);
    expect(flow.push('A par')).toEqual([]);
    expect(flow.unfinished(100)).toEqual({ text: 'A par', apart: false });
    expect(flow.push('agraph.\n')).toEqual([]);
    expect(flow.push('\n- one\n')).toEqual(['A paragraph.']);
    expect(flow.push('- two')).toEqual([]);
    expect(flow.unfinished(100)).toEqual({ text: '- one\n- two', apart: true });
    expect(flow.push('\n```\nlet')).toEqual(['', '• one', '• two', '─'.repeat(48)]);
    expect(flow.push(' x;\n')).toEqual(['let x;']);
    expect(flow.end()).toEqual(['─'.repeat(48)]);
    expect(flow.push('~~~日本語\n')).toEqual([`─ 日本語 ${'─'.repeat(39)}`]);
    flow.end();
    expect(flow.push('# New\n')).toEqual(['New', '═══']);
  });
});

describe('any markdown', () => {
  it('gives the same lines however it is cut', () => {
    fc.assert(
      fc.property(markdown, fc.infiniteStream(fc.nat(12)), (text, sizes) => {
        const flow = createMarkdownFlow(createPaint(1), () => 40);
        const safe = neutralise(text);
        const lines: string[] = [];
        for (let start = 0; start < safe.length;) {
          const end = start + 1 + (sizes.next().value ?? 0);
          lines.push(...flow.push(safe.slice(start, end)));
          start = end;
        }
        expect([...lines, ...flow.end()]).toEqual(linesOf(text, 40, createPaint(1)));
      }),
    );
  });

  it('fits its columns, and no control character but our own colours comes out', () => {
    fc.assert(
      fc.property(markdown, fc.integer({ min: 8, max: 160 }), (text, columns) => {
        for (const line of linesOf(text, columns, createPaint(1))) {
          expect(stringWidth(line)).toBeLessThanOrEqual(columns);
          expect(/[^\P{Cc}]/u.exec(line.replaceAll(/\u001B\[\d+m/g, ''))).toBeNull();
        }
      }),
      { numRuns: 300 },
    );
  });

  it('loses no letter', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }), markdown, (words, around) => {
        const text = `${around}\n\n${words.join(' ')}`;
        const letters = (of: string): string => stripVTControlCharacters(of).replaceAll(/[^a-z]/g, '');
        expect(letters(linesOf(text).join('')).endsWith(letters(words.join('')))).toBe(true);
      }),
    );
  });
});
