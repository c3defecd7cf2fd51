import { reasonOf, SluiceError } from '../../errors.ts';

/** Makes the errors of the system say which file of which option they are about. */
export interface Guard {
  /** @throws SluiceError `output_error` */
  now<Outcome>(action: () => Outcome): Outcome;
  /** Rejects with SluiceError `output_error`. */
  later<Outcome>(action: () => Promise<Outcome>): Promise<Outcome>;
}

/** @param option what asked for the file */
export function guardOf(option: string, path: string): Guard {
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
