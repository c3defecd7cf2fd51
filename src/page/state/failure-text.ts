import { GatewayError } from '../../client/client.ts';

/** What went wrong, in words for people. */
export function failureText(error: unknown): string {
  if (error instanceof GatewayError) {
    const { message, retryAfter } = error;
    return retryAfter === undefined ? message : `${message} (try again in ${Math.ceil(retryAfter)} s)`;
  }
  // What fetch throws, in the words of each browser.
  if (error instanceof TypeError) return 'the gateway does not answer: it is down, or the network is';
  if (error instanceof SyntaxError)
    return "this is no answer of sluice's: something else is there, or a proxy in between failed";
  return error instanceof Error ? error.message : String(error);
}

/** Whether somebody has to show a token, or another one. */
export function isUnauthorized(error: unknown): boolean {
  return error instanceof GatewayError && error.status === 401;
}
