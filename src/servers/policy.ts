import type { Ceilings } from '../claude/options/ceilings.ts';
import type { ClaudeOptions } from '../claude/options/flags.ts';
import type { RunOptions } from '../run.ts';

/** What an operator allows, at most. */
export interface Policy {
  /** Folders that queries may work in; absolute, their symbolic links followed. The first is the default. */
  readonly roots: readonly [string, ...string[]];
  /** Permission modes that may be asked for. */
  readonly modes: readonly string[];
  /** The mode of a request that names none. */
  readonly defaultMode: string;
  /** Models that may be asked for; null: any. */
  readonly models: readonly string[] | null;
  /** Tools and permission rules; no others exist for claude. A file tool named as a whole works in the roots alone. */
  readonly tools: readonly string[];
  readonly disallowedTools: readonly string[];
  readonly maxTurns: number;
  readonly maxBudgetUsd: number | null;
  readonly timeoutMs: number;
  /** Bytes. */
  readonly maxPrompt: number;
  /** Whether claude's own sandbox is required for commands. */
  readonly sandbox: boolean;
  readonly ceilings: Ceilings;
  /** Names of variables that claude is given besides those it needs; `PREFIX_*` for many. */
  readonly env: readonly string[];
  /** The operator's other options of claude, the same for every query; no path in them depends on the folder. */
  readonly claude: Omit<ClaudeOptions, 'settings'> & { readonly settings?: Readonly<Record<string, unknown>> };
  /** The operator's other options of runs, the same for every query: redaction, idle limits, retries, the binary. */
  readonly run: Partial<Omit<RunOptions, 'prompt' | 'cwd' | 'timeout' | 'env' | 'ceilings'>>;
}
