import type { ClaudeOptions } from '../claude/options/flags.ts';
import type { Ceilings } from '../claude/options/ceilings.ts';
import type { IdleLimits } from '../claude/patience.ts';
import type { Prompt } from '../prompt/compose.ts';
import type { RedactorOptions } from '../secrets/redactor.ts';

/** One run of claude: what to ask, with which of claude's own options, and within which bounds. */
export interface RunOptions extends ClaudeOptions {
  /** What names this run, a UUID; default: a new one. */
  readonly runId?: string;
  /**
   * A string is an instruction. A function is called once, when the run starts; its signal ends the wait for what is
   * slow to come.
   */
  readonly prompt: string | Prompt | ((signal: AbortSignal) => Promise<Prompt>);
  /** Arguments that go to claude as they are, after all others. */
  readonly passThrough?: readonly string[];
  /** Where claude works; default: the current directory. */
  readonly cwd?: string;
  /** The child's environment, in which secrets are looked for too; default: this process's. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The claude to run; default: the first on `PATH`, then one installed beside sluice. */
  readonly claudePath?: string;
  /** Who chose the path of claude and the working directory, for errors. */
  readonly layers?: { readonly claudePath?: string | undefined; readonly cwd?: string | undefined };
  /** The bound on the whole run, in milliseconds; default: none. */
  readonly timeout?: number;
  /** How long claude may take to its first message, from the prompt on, in milliseconds; default: a minute. */
  readonly startTimeout?: number;
  /** How long nothing may happen, in milliseconds: in any state, or by state; default: 15 minutes each. */
  readonly idleTimeout?: number | Partial<IdleLimits>;
  /** How long background tasks may go on after the result, in milliseconds; default: not at all. */
  readonly waitBackground?: number;
  /** Lets what a tool left running go on after a run that ended by itself; default: it is ended. */
  readonly keepBackground?: boolean;
  /** Gives claude a configuration directory of its own, which goes with the run; default: no. */
  readonly isolate?: boolean;
  /** What claude and all it starts may take of the machine; default: no ceiling. */
  readonly ceilings?: Ceilings;
  /** How often a call of the API, or the whole run, may be tried again; default: 10. */
  readonly retries?: number;
  /** The longest wait before one retry, in milliseconds; what would take longer ends the run. Default: 10 minutes. */
  readonly retryMaxWait?: number;
  /** UTF-16 units kept of each string in events; default 20,000. Infinity keeps all. */
  readonly maxChars?: number;
  /** What else counts as a secret, or false to let secrets through, both ways. */
  readonly redact?: RedactorOptions | false;
  /** Whether secrets in piped text and attachments are masked before the model sees them; default: yes. */
  readonly redactInput?: boolean;
  /** Makes a run in which tools were denied end as `denied`. */
  readonly failOnDenied?: boolean;
  /** Aborted after the run's own signal, it ends all graces: claude is killed now. */
  readonly hurry?: AbortSignal;
  /** Tells when this process is to be stopped and when it goes on, as by Ctrl-Z: claude is stopped with it. */
  readonly suspension?: Suspension;
}

/** When a process is stopped, and when it goes on. */
export interface Suspension {
  /**
   * Calls back with true just before this process stops, which is as soon as the listener returns, and with false when
   * it goes on; returns what ends that.
   */
  subscribe(listener: (suspended: boolean) => void): () => void;
}
