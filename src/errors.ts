/** What a {@link SluiceError} is about; each is also the outcome class that the run ends with. */
export type SluiceErrorCode = 'usage' | 'claude_not_found' | 'output_error' | 'internal';

/**
 * The one error class of sluice. Its message names the culprit and the fix, in one line, so that it can be
 * printed as it is; `code` decides the exit code, so that callers never match on the text.
 */
export class SluiceError extends Error {
  override readonly name = 'SluiceError';
  readonly code: SluiceErrorCode;

  constructor(code: SluiceErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The text of anything that was thrown, without a stack. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
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
