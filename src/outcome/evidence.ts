import type { NameOption, SluiceErrorCode, Wording } from '../errors.ts';
import type { FailOn } from './fail-on.ts';
import type { StreamFacts } from './facts.ts';
import type { Level as FindingLevel } from './findings.ts';
import type { InterruptReason } from './classes.ts';
import type { Report } from './report-schema.ts';
import type { ServerEvidence } from './server-warnings.ts';
import type { Asked } from './unmet.ts';

/**
 * Why sluice itself ended a run early. `lingering`: claude had given its result and did not exit. `hopeless`: claude was
 * about to try once more what cannot succeed, or not within the time that is allowed. `unmet`: claude was about to do
 * something else than was asked. `server_missing`: an MCP server was not there that was not to be done without.
 */
export type StopReason =
  | InterruptReason
  | 'timeout'
  | 'stalled'
  | 'output_error'
  | 'lingering'
  | 'hopeless'
  | 'unmet'
  | 'server_missing';

/** All that an outcome is decided from. */
export interface Evidence {
  readonly facts: StreamFacts;
  /** How the process ended; null when that is not known, as in a replay of a raw stream. */
  readonly exit: { readonly code: number | null; readonly signal: string | null } | null;
  /** The end of what claude printed on stderr. */
  readonly stderr: string;
  /** For what ended without a word: whether it says of itself that it is Claude Code. Absent where nobody asked. */
  readonly isClaude?: boolean;
  readonly stoppedBy: StopReason | null;
  /** What there is to say about that beyond the reason: what was waited for, and the option that allows more. */
  readonly stopDetail?: Wording | null;
  /** What else was there when claude ended; absent where nobody looked. */
  readonly aftermath?: Aftermath;
  /** What was asked of people about calls of tools; absent where nothing was. */
  readonly approvals?: Report['approvals'];
  /** The run's MCP servers; absent where there is no more to know than claude's first message tells. */
  readonly servers?: ServerEvidence;
  /** The folder that the session to go on with belongs to, where claude looked for it in another. */
  readonly sessionFolder?: string | null;
  /** What was done otherwise than asked, and what could not be cleaned up, a line each. */
  readonly remarks?: readonly string[];
  /** What failed on our own side, if anything did. */
  readonly fault: { readonly code: SluiceErrorCode; readonly message: string } | null;
  readonly asked: Asked & {
    /** A JSON Schema for structured output. */
    readonly schema: boolean;
    readonly failOn: readonly FailOn[];
    /** Findings, by an option of their own. */
    readonly findings?: boolean;
    /** How grave findings are that are not to pass. */
    readonly failOnFindings?: FindingLevel | undefined;
    /** A resource limit on memory or processes. */
    readonly resourceLimits?: boolean;
  };
  /** What options are called in messages; default: by their names in the library. */
  readonly nameOption?: NameOption | undefined;
  /** When the run ended, in epoch milliseconds. */
  readonly endedAt: number;
}

/** What a run left behind, before it was cleaned up. */
export interface Aftermath {
  /** The names of processes of tools that outlived claude and were ended. */
  readonly ended: readonly string[];
  /** Those of processes in claude's own group, where its MCP servers are. */
  readonly endedOwn?: readonly string[];
  /** Those of processes that go on, as was asked for. */
  readonly kept: readonly string[];
  readonly keptOwn?: readonly string[];
  /** Those of processes that could not be ended. */
  readonly left: readonly string[];
  /** Background tasks that did not end before claude did, in its words. */
  readonly abandoned: readonly string[];
  /** Why processes that outlived claude could not even be looked for; absent where they could. */
  readonly unseen?: string;
}
