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
  const meant = COMMANDS.find(({ name }) => word !== name && distance(word, name) <= (name.length > 4 ? 2 : 1));
  if (meant === undefined) return;
  throw new SluiceError(
    'usage',
    `there is no command "${word}"; did you mean "${meant.name}"? To ask it: sluice -p ${word}`,
  );
}

/** Levenshtein's distance. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries()) {
      next.push(Math.min((row[j] ?? 0) + (letter === other ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
