import { run } from '../run.ts';
import type { SluiceError } from '../errors.ts';
import type { Bundle } from '../outcome/bundle.ts';
import type { RunRequest } from '../request/run-request.ts';
import { collectBundle } from '../sinks/formats/bundle.ts';

/** A run that was none, for a reason that is told like that of any other. */
export async function refused(request: RunRequest, why: SluiceError): Promise<Bundle> {
  const fail = (): never => {
    throw why;
  };
  return collectBundle(request).bundle(await run(request, [], { prompt: fail }));
}

/** A run that was interrupted before it had begun. */
export async function neverBegun(request: RunRequest, signal: AbortSignal): Promise<Bundle> {
  return collectBundle(request).bundle(await run(request, [], { signal }));
}
