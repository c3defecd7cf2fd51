import { describe, expect, it } from 'vitest';
import { rejectMistypedCommand } from '../../../src/cli/mistyped-command.ts';
import { parseArguments } from '../../../src/cli/program.ts';
import { fakeIo, piped } from './fake-io.ts';

const check =
  (argv: readonly string[], io = fakeIo()) =>
  () =>
    rejectMistypedCommand(parseArguments(argv, { out: () => {}, columns: 80 }), io);

describe('a word that looks like a command', () => {
  it.each([
    ['repaly', 'replay'],
    ['Replay', 'replay'],
    ['replya', 'replay'],
    ['confg', 'config'],
    ['conifg', 'config'],
    ['demoo', 'demo'],
    ['redcat', 'redact'],
    ['dmo', 'demo'],
  ])('%s is refused before it costs anything', (word, meant) => {
    expect(check([word])).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: expect.stringMatching(
          new RegExp(`no command "${word}"; did you mean "${meant}"\\?.*sluice -p ${word}`),
        ),
      }),
    );
  });

  it('is refused with its operand too', () => {
    expect(check(['repaly', 'run.ndjson'])).toThrow(/did you mean "replay"/);
  });

  it.each([
    ['a prompt of several words', ['repaly the last song']],
    ['three words', ['repaly', 'the', 'song']],
    ['another word', ['hello']],
    ['a short word that is no command', ['hi']],
    ['a prompt behind -p', ['-p', 'repaly']],
    ['nothing', []],
  ])('is not %s', (_, argv) => {
    expect(check(argv)).not.toThrow();
  });

  it('is a prompt where something is piped in', () => {
    expect(check(['repaly'], fakeIo({ stdin: piped('x') }))).not.toThrow();
  });
});
