import fc from 'fast-check';
import { anyText } from '../../../support/any-text.ts';

const SIGNS = ':: ##[ ##vso[ ## # [ ] ]] : , ; = << ` ``` | <img ![ @a " \' $CI_JOB_TOKEN %0A %0D %25 %'.split(' ');

const COMMANDS =
  'error|warning|add-mask|stop-commands|group|endgroup|echo|set-env name=a|set-output name=a|::error::|::add-mask::|::endgroup::|::stop-commands::x|##[endgroup]|##[error]|\n::|\n  ::|result=|outcome<<EOF|EOF|ghadelimiter_|section_start:1:x\r\u001B[0K|section_end:1:x'.split(
    '|',
  );

/** What ends a line somewhere, is no character to some, or acts on a terminal. */
const CONTROLS = Array.from(
  '\n\r\v\f\u0085\u2028\u2029\t \u00A0\uFEFF\u200B\u00AD\u2060\u200D\u180E\uFE0F\0\b\u001B\u009B\u202E\u2066\uD800',
);

const piece = fc.oneof(
  fc.constantFrom(...SIGNS),
  fc.constantFrom(...COMMANDS),
  fc.constantFrom(...CONTROLS),
  anyText({ maxLength: 3 }),
);

/** A text that a model might be talked into: pieces of commands and of their surroundings, in any order. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(piece, { minLength: 1, maxLength: 12 })
  .map((pieces) => pieces.join(''));
