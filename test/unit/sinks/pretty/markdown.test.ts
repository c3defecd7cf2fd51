import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMarkdownStyler } from '../../../../src/sinks/pretty/markdown.ts';
import { createPaint, type Paint } from '../../../../src/sinks/pretty/theme.ts';

/** Names the ink of each stretch, so that a reader of the test sees it. */
const named: Paint = (ink, text) => (ink === 'plain' ? text : `<${ink}>${text}</${ink}>`);

function style(text: string, paint: Paint = named): string {
  const styler = createMarkdownStyler(paint);
  return styler.push(text) + styler.end();
}

describe('markdown styler', () => {
  it.each([
    ['## What happened\nnext', '<heading>## What happened</heading>\nnext'],
    ['a **bold** word', 'a <marker>**</marker><strong>bold</strong><marker>**</marker> word'],
    ['run `npm test` now', 'run <marker>`</marker><code>npm test</code><marker>`</marker> now'],
    ['``a ` b``', '<marker>``</marker><code>a ` b</code><marker>``</marker>'],
    ['- one\n12. two', '<accent>- </accent>one\n<accent>12. </accent>two'],
    ['  * nested', '  <accent>* </accent>nested'],
    ['> quoted', '<marker>></marker> quoted'],
    ['```ts\nlet **x**;\n```\nafter', '<marker>```ts</marker>\n<code>let **x**;</code>\n<marker>```</marker>\nafter'],
    ['~~~\n```\n~~~\n', '<marker>~~~</marker>\n<code>```</code>\n<marker>~~~</marker>\n'],
  ])('styles %j', (text, styled) => {
    expect(style(text)).toBe(styled);
  });

  it.each([
    'src/**/*.ts',
    '2**8 is 256',
    '** not bold **',
    '#hashtag',
    '2026 was',
    '-5 degrees',
    '**',
    'a *b* c',
    '1.5 s',
  ])('leaves %j as it is', (text) => {
    expect(style(text)).toBe(text);
  });

  it('forgets what was left open at the end of a line and of a text', () => {
    expect(style('an **open\nnext')).toBe('an <marker>**</marker><strong>open</strong>\nnext');
    const styler = createMarkdownStyler(named);
    styler.push('```\ncode');
    styler.end();
    expect(styler.push('text') + styler.end()).toBe('text');
  });

  it('holds back no more than an undecided marker', () => {
    const styler = createMarkdownStyler(named);
    expect(styler.push('word **')).toBe('word ');
    expect(styler.push('b')).toBe('<marker>**</marker><strong>b</strong>');
  });

  const markdown = fc
    .array(
      fc.oneof(fc.constantFrom('**', '*', '`', '```', '\n', '# ', '- ', '1. ', ' ', '~~~', 'word', '😀'), fc.string()),
    )
    .map((pieces) => pieces.join(''));

  it('never loses, adds or moves a character', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        expect(style(text, createPaint(0))).toBe(text);
        expect(stripVTControlCharacters(style(text, createPaint(3)))).toBe(stripVTControlCharacters(text));
      }),
    );
  });

  it('gives every character the same ink for any chunking', () => {
    fc.assert(
      fc.property(markdown, fc.infiniteStream(fc.nat(4)), (text, sizes) => {
        const styler = createMarkdownStyler(eachCharacter);
        const characters = [...text];
        let styled = '';
        while (characters.length > 0)
          styled += styler.push(characters.splice(0, (sizes.next().value ?? 0) + 1).join(''));
        expect(styled + styler.end()).toBe(style(text, eachCharacter));
      }),
    );
  });
});

const eachCharacter: Paint = (ink, text) => [...text].map((character) => `${ink}:${character}`).join('|') + '|';
