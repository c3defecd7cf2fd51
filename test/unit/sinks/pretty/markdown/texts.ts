import fc from 'fast-check';
import { anyText } from '../../../../support/any-text.ts';

const MARKS = [
  ['**', '*', '_', '__', '~~', '`', '``', '```', '```ts\n', '~~~', '# ', '### ', '- ', '* ', '1. ', '9) '],
  ['> ', '---\n', '===\n', '***\n', '| a | b |\n|---|:-:|\n', '| x | ', '|', '[t](u)', '![a](b)', '[', ']('],
  ['<br>', '<b>', '<!--', '&lt;', '&#27;', '&#x9b;', '\\', 'https://e.com/a', '[x] ', '日本語', '👩‍👩‍👧', 'e\u0301'],
].flat();

/** Text in which anything that means something in Markdown, or to a terminal, may stand anywhere. */
export const markdown = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('word', 'two words', ' ', '  ', '\n', '\n\n', '    ', '\t') },
      {
        weight: 4,
        arbitrary: fc.constantFrom(...MARKS),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom('\u001B[31m', '\u001B]8;;x\u0007', '\r', '\r\n', '\u009B', '\u202E', '\0', '\u2028'),
      },
      { weight: 1, arbitrary: anyText({ maxLength: 8 }) },
      { weight: 1, arbitrary: fc.stringMatching(/^[a-z]{20,90}$/) },
    ),
    { maxLength: 60 },
  )
  .map((pieces) => pieces.join(''));
