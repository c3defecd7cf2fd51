import { type Graveness, gravenessOf } from '../spend/graveness.ts';
import { headerOf, type Level } from './header.ts';
import { maskedWords } from './mask.ts';
import { isLevelNumber, levelIn, messageOf } from './message.ts';
import { createParseTree, finalKind, type Kind } from './parse-tree.ts';
import { skeletonOf } from './skeleton.ts';
import { type FormInTrace, formInTrace } from '../spend/trace.ts';

/** What is known of a line: its kind, and how grave it is. */
export interface Mined {
  readonly kind: Kind;
  readonly level: Level | null;
  readonly graveness: Graveness;
  readonly form: FormInTrace;
}

interface Known extends Mined {
  /** The same by level, where lines of its skeleton have several; null where they have one. */
  readonly byLevel: Map<Level | null, Mined> | null;
}

/** Finds the kinds of lines of a log, as they come. What it holds does not grow with the log. */
export interface Miner {
  /** @param skeleton that of the line, where it is known already */
  mine(line: string, skeleton?: number): Mined;
  /** All kinds so far, in the order in which they came; those that turned out to be another one among them. */
  kinds(): readonly Kind[];
}

/** So many skeletons are remembered; then they are learnt anew. */
const MOST_SKELETONS = 20_000;

/** Starts with nothing known. The same lines in the same order have the same kinds. */
export function createMiner(): Miner {
  const tree = createParseTree();
  const known = new Map<number, Known>();
  return {
    mine(line, skeleton = skeletonOf(line)) {
      const before = known.get(skeleton);
      if (before !== undefined) {
        const now = before.kind.sameAs === null ? before : { ...before, kind: finalKind(before.kind) };
        if (now !== before) known.set(skeleton, now);
        return now.byLevel === null ? now : atLevelOf(line, now, now.byLevel);
      }
      const { end, level } = headerOf(line);
      const message = messageOf(line.slice(end));
      const grave = level ?? message.level;
      const kind = tree.place(maskedWords(message.text));
      const byLevel = isLevelNumber(line.slice(end)) ? new Map<Level | null, Mined>() : null;
      const mined = { kind, level: grave, graveness: gravenessOf(line, grave), form: formInTrace(line), byLevel };
      if (known.size >= MOST_SKELETONS) known.clear();
      known.set(skeleton, mined);
      return mined;
    },
    kinds: tree.kinds,
  };
}

/** What is known of a line at the level that its number says. */
function atLevelOf(line: string, { kind, form }: Mined, byLevel: Map<Level | null, Mined>): Mined {
  const level = levelIn(line);
  const before = byLevel.get(level);
  if (before?.kind === kind) return before;
  const mined = { kind, level, graveness: gravenessOf(line, level), form };
  byLevel.set(level, mined);
  return mined;
}
