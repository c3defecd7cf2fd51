import type { Progress } from '../../batch/progress/progress.ts';
import type { Io } from '../io.ts';

/** What a batch says to people, a line each. */
export interface Voice {
  say(line: string): void;
  /** Has lines said by a progress from now on, which knows what it has drawn below them; null: has them written as they are. */
  tellBy(progress: Pick<Progress, 'say'> | null): void;
}

/** Says lines on stderr. */
export function voiceOn({ stderr }: Pick<Io, 'stderr'>): Voice {
  const plain = { say: (line: string): void => void stderr.write(`${line}\n`) };
  let current: Pick<Progress, 'say'> = plain;
  return {
    say: (line) => current.say(line),
    tellBy(progress) {
      current = progress ?? plain;
    },
  };
}
