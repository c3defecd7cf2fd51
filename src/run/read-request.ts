import { asSluiceError, type SluiceError } from '../errors.ts';
import { checkRequest, type Origins } from '../request/check-request.ts';
import { locatedRequest } from '../request/paths.ts';
import type { RunRequest } from '../request/run-request.ts';

/** A request that can be carried out, or why it can't. */
export type ReadRequest =
  | { readonly request: RunRequest; readonly fault: null }
  | { readonly request: Record<string, never>; readonly fault: SluiceError };

/** Reads a request, whoever made it: its relative paths count from the current directory. Throws nothing. */
export function readRequest(request: unknown, origins: Origins | undefined): ReadRequest {
  try {
    checkRequest(request, origins);
    return { request: locatedRequest(request, ''), fault: null };
  } catch (error) {
    return { request: {}, fault: asSluiceError(error) };
  }
}
