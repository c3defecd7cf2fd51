import type { NameOption } from '../errors.ts';
import type { Origins } from '../request/check-request.ts';
import type { PermissionMode } from '../request/run-options/permissions.ts';
import type { RunRequest } from '../request/run-request.ts';
import type { RedactorOptions } from '../secrets/redactor.ts';
import type { CallbackRules } from './callbacks/callback-url.ts';

/** Options of a run as an operator sets them for every query. */
export interface OperatorRequest extends Omit<RunRequest, 'prompt' | 'cwd' | 'tools' | 'allowedTools'> {
  /** The mode of a query that names none. */
  readonly permissionMode: PermissionMode;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** What an operator allows, at most. */
export interface Policy {
  /** Folders that queries may work in; absolute, their symbolic links followed. The first is the default. */
  readonly roots: readonly [string, ...string[]];
  /** Permission modes that may be asked for. */
  readonly modes: readonly PermissionMode[];
  /** Models that may be asked for; null: any. */
  readonly models: readonly string[] | null;
  /** Tools and permission rules; no others exist for claude. A file tool named as a whole works in the roots alone. */
  readonly tools: readonly string[];
  /** Tools that exist besides, each call of which somebody has to allow; file tools in the roots alone. Absent: none. */
  readonly askTools?: readonly string[];
  /** Whether claude's own sandbox is required for commands. */
  readonly sandbox: boolean;
  /** Who may be told of the end of a query; absent: nobody. */
  readonly callbacks?: CallbackRules;
  /** Names of variables that claude is given besides those it needs; `PREFIX_*` for many. */
  readonly env: readonly string[];
  /** What the operator asks of every run; no path in it depends on the folder. A query narrows it, as the rows say. */
  readonly request: OperatorRequest;
  /** Where those came from, by option, for errors. */
  readonly origins?: Origins;
  /** What messages of runs call an option; default: its own name. */
  readonly nameOption?: NameOption;
  /** Declared secrets, and what is never masked. */
  readonly redactor?: RedactorOptions;
}
