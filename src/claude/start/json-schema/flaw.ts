import { SluiceError } from '../../../errors.ts';

/** Why a schema can't be used, and where in it: a place is a JSON Pointer. */
export function flaw(place: string, problem: string): SluiceError {
  return new SluiceError('usage', (name) => `${name('jsonSchema')}: at ${place}: ${problem}`);
}
