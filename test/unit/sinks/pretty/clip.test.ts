import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { clip, cut, widthOf } from '../../../../src/sinks/pretty/clip.ts';
import { renderLine } from '../../../../src/sinks/pretty/spans.ts';
import { createPaint } from '../../../../src/sinks/pretty/theme.ts';

describe('clip', () => {
  it('clips to columns, not characters', () => {
    expect(clip('short', 10)).toBe('short');
    expect(clip('a longer text', 8)).toBe('a longe…');
    expect(clip('日本語のテキスト', 8)).toBe('日本語…');
    expect(clip('日本語のテキスト', 7)).toBe('日本語…');
    expect(clip('e\u0301e\u0301e\u0301', 2)).toBe('e\u0301…');
    expect(clip('anything', 0)).toBe('');
  });

  it('never halves an emoji and takes the widest reading of it', () => {
    expect(cut('👩‍👩‍👧👩‍👩‍👧', 7)).toBe('👩‍👩‍👧');
    expect(widthOf('👩‍👩‍👧')).toBe(6);
  });

  it('fits one line of spans into its columns, whatever they say', () => {
    const paint = createPaint(0);
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.integer({ min: 0, max: 80 }), (texts, columns) => {
        const line = renderLine(
          texts.map((text) => ['plain', text] as const),
          columns,
          paint,
        );
        expect(line).not.toContain('\n');
        expect(stringWidth(line)).toBeLessThanOrEqual(columns);
      }),
    );
  });

  it('flattens line breaks and escapes', () => {
    const line = renderLine(
      [
        ['strong', 'Bash'],
        ['plain', ' a\n\n  b\tc\u001B[2J\n'],
      ],
      60,
      createPaint(0),
    );
    expect(line).toBe('Bash a ↵ b  c␛[2J');
  });

  it('colours each span by itself', () => {
    expect(
      renderLine(
        [
          ['bad', '✗ '],
          ['plain', 'no'],
        ],
        60,
        createPaint(1),
      ),
    ).toBe('\u001B[31m✗ \u001B[39mno');
  });
});
