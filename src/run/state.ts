import type { Launched } from '../claude/launch.ts';
import type { AnswerSchema } from '../claude/start/json-schema/answer-schema.ts';
import type { ChildEnding } from '../claude/supervise.ts';
import type { SluiceError } from '../errors.ts';
import type { StopReason } from '../outcome/evidence.ts';
import type { Prompt } from '../request/prompt.ts';
import type { Redactor } from '../secrets/redactor.ts';
import type { PrivateFolder } from '../system/private-folder.ts';
import type { ResourceUse } from '../system/process-files.ts';
import type { Spending } from './budget.ts';
import type { LookBack } from './look-back.ts';
import type { Recall } from './cache/recall.ts';

/** What is known of a run so far. */
export interface State {
  redactor: Redactor | null;
  schema: AnswerSchema | null;
  prompt: Prompt | null;
  /** What it has to do with earlier runs that asked the same; null where that is nothing. */
  recall: Recall | null;
  /** What is set aside for it; null where nobody counts, or claude is not started. */
  spending: Spending | null;
  /** Where the whole of what is condensed lies for claude to read; null where that was not asked for. */
  spill: PrivateFolder | null;
  /** The names of variables that no tool is to have; undefined where that was not asked for. */
  secrets: readonly string[] | undefined;
  /** The claude that runs, or ran last. */
  launched: Launched | null;
  exit: ChildEnding | null;
  /** What all that have ended took of the machine; null where that can't be told. */
  resources: ResourceUse | null;
  /** Whether it says that it is Claude Code; undefined unless it ended without a word. */
  isClaude: boolean | undefined;
  lookBack: LookBack | null;
  /** The session that claude was started again with, once a limit had reset; null before. */
  resumed: string | null;
  /** What went wrong with cleaning up, a sentence each. */
  notes: readonly string[];
  stoppedBy: StopReason | null;
  fault: SluiceError | null;
}
