import { nearest } from '../request/nearest.ts';
import { SluiceError } from '../errors.ts';
import type { Io } from './io.ts';
import { COMMANDS, type Invocation } from './program.ts';

/**
 * A prompt of one or two words that looks like one of our commands, such as `sluice repaly run.ndjson`, would be sent
 * to the model and cost money: it is refused instead, with the way to send it all the same.
 * @throws SluiceError `usage`
 */
export function rejectMistypedCommand({ operands, print }: Invocation, io: Io): void {
  const [word] = operands;
  if (word === undefined || operands.length > 2 || print || io.stdin !== null) return;
  const names = COMMANDS.map(({ name }) => name);
  const meant = nearest(word, names);
  if (meant === undefined || names.some((name) => name === word)) return;
  throw new SluiceError(
    'usage',
    `there is no command "${word}"; did you mean "${meant}"? To ask it: sluice -p ${word}`,
  );
}
