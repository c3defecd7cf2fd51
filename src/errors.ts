/** What a {@link SluiceError} is about; each is also the outcome class that the run ends with. */
export type SluiceErrorCode =
  | 'usage'
  | 'claude_not_found'
  | 'output_error'
  | 'locked'
  | 'max_budget'
  | 'internal'
  /** These are what a gateway answers, or why it does not. */
  | 'auth'
  | 'rate_limited'
  | 'overloaded'
  | 'api_error'
  | 'network';

/**
 * What a face calls an option of a run, such as `timeout` or `idleTimeout.api`: on the command line, its flag. With a
 * `value`, a word for what it is set to, where that goes with the name, as in `--claude PATH`.
 */
export type NameOption = (option: string, value?: string) => string;

/** A text in which options are named: each face that shows it has names of its own for them. */
export type Wording = string | ((name: NameOption) => string);

/** The names that the library has for options. */
export const ownName: NameOption = (option) => option;

/** A wording with the names of one face. */
export function worded(wording: Wording, name: NameOption = ownName): string {
  return typeof wording === 'string' ? wording : wording(name);
}

/**
 * The one error class of sluice. Its message names the culprit and the fix, in one line, so that it can be
 * printed as it is; `code` decides the exit code, so that callers never match on the text.
 */
export class SluiceError extends Error {
  override readonly name = 'SluiceError';
  readonly code: SluiceErrorCode;
  readonly #wording: Wording;

  constructor(code: SluiceErrorCode, wording: Wording, options?: ErrorOptions) {
    super(worded(wording), options);
    this.code = code;
    this.#wording = wording;
  }

  /** The message with the names that a face has for options; `message` has those of the library. */
  told(name: NameOption | undefined): string {
    return worded(this.#wording, name);
  }
}

/** The text of anything that was thrown, without a stack. */
export function messageOf(thrown: unknown, name: NameOption = ownName): string {
  if (thrown instanceof SluiceError) return thrown.told(name);
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** What the system says is wrong, for a message that names the file: Node's own words end with the call and the path. */
export function reasonOf(thrown: unknown): string {
  const message = messageOf(thrown);
  const [, code, words] = /^(E[A-Z\d]+): (.+?), \w+(?: '.*')?$/s.exec(message) ?? [];
  return code === undefined || words === undefined ? message : `${words} (${code})`;
}

/** The `code` of a Node system error (`ENOENT`, `EPIPE`, …), or undefined. */
export function systemCodeOf(thrown: unknown): string | undefined {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;
}

/** Anything that was thrown as a {@link SluiceError}; what is none yet is a fault of our own. */
export function asSluiceError(thrown: unknown): SluiceError {
  if (thrown instanceof SluiceError) return thrown;
  return new SluiceError('internal', `sluice failed: ${messageOf(thrown)}`, { cause: thrown });
}
