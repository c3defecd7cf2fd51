import type { NameOption } from '../errors.ts';
import type { Origins } from '../request/check-request.ts';
import type { PermissionMode } from '../request/fields/permissions.ts';
import type { RunRequest } from '../request/run-request.ts';
import type { RedactorOptions } from '../secrets/redactor.ts';

/** What an operator allows, at most. */
export interface Policy {
  /** Folders that queries may work in; absolute, their symbolic links followed. The first is the default. */
  readonly roots: readonly [string, ...string[]];
  /** Permission modes that may be asked for. */
  readonly modes: readonly PermissionMode[];
  /** The mode of a request that names none. */
  readonly defaultMode: PermissionMode;
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
  /** Names of variables that claude is given besides those it needs; `PREFIX_*` for many. */
  readonly env: readonly string[];
  /** The operator's other options, the same for every query; no path in them depends on the folder. */
  readonly request: Omit<RunRequest, 'prompt' | 'cwd' | 'settings'> & {
    readonly settings?: Readonly<Record<string, unknown>>;
  };
  /** Where those came from, by option, for errors. */
  readonly origins?: Origins;
  /** What messages of runs call an option; default: its own name. */
  readonly nameOption?: NameOption;
  /** What else is a secret, and what is none. */
  readonly redactor?: RedactorOptions;
}
