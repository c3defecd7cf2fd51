import { reasonOf, SluiceError } from '../errors.ts';

/** Makes the errors of the system say which file of which option they are about. */
export interface FileGuard {
  /** @throws SluiceError `output_error` */
  now<Result>(action: () => Result): Result;
  /** Rejects with SluiceError `output_error`. */
  later<Result>(action: () => Promise<Result>): Promise<Result>;
}

/** @param option what asked for the file */
export function fileGuard(option: string, path: string): FileGuard {
  const fail = (error: unknown): never => {
    throw new SluiceError('output_error', `${option}: ${path} cannot be written: ${reasonOf(error)}`, { cause: error });
  };
  return {
    now(action) {
      try {
        return action();
      } catch (error) {
        return fail(error);
      }
    },
    async later(action) {
      try {
        return await action();
      } catch (error) {
        return fail(error);
      }
    },
  };
}
