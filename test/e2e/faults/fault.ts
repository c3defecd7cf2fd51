import type { Script } from '../../../src/demo/script.ts';
import { EXIT_CODES, type OutcomeClass } from '../../../src/outcome/classes.ts';
import type { Home } from '../../support/folder.ts';
import type { Oddity } from '../../support/odd-machine.ts';
import type { RecordingName } from '../../support/recordings.ts';
import type { Invocation, Running } from '../../support/sluice.ts';

/** Something that goes wrong, and how a run with it ends. Nothing may be left of it, ever. */
export interface Fault {
  /** What goes wrong, for people. */
  readonly name: string;
  /** What sluice is told besides the prompt. */
  readonly flags?: readonly string[];
  /** What the API answers; then claude is the real one. */
  readonly script?: Script;
  /** What the pinned claude prints then, which it need not be started for. */
  readonly recording?: RecordingName;
  /** All else about how sluice is run, such as what a fake claude does. */
  readonly how?: Invocation | ((home: Home) => Invocation);
  /** Whether it is in what claude prints alone, for which a sluice in the test's own process is enough; default: no. */
  readonly isInWords?: boolean;
  readonly machine?: Oddity;
  /** What happens from outside while it runs. */
  readonly during?: (run: Running) => void | Promise<void>;
  /** Where the bundle is; default: stdout. Where there is none, or none that can know the end, stderr tells the class. */
  readonly bundle?: 'file' | 'none';
  readonly ends: Ending;
}

/** How a run is to end. */
export interface Ending {
  /** Absent where sluice itself does not live to say it. */
  readonly class?: OutcomeClass;
  /** Default: that of the class. */
  readonly exitCode?: number;
  /** Default: no. */
  readonly partial?: boolean;
  /** What the warnings or the message say. */
  readonly saying?: RegExp;
  /** Seconds from the fault to the end of everything; default: 10. */
  readonly within?: number;
}

/** What sluice exits with; for a class, what the one table says. */
export function exitCodeOf({ class: name, exitCode }: Ending): number {
  return exitCode ?? (name === undefined ? 0 : EXIT_CODES[name]);
}

/** The bound in seconds. */
export function secondsOf({ within = 10 }: Ending): number {
  return within;
}
