/**
 * Aborts a controller as soon as one of some signals is, for its reason. Returns what lets go of them: a signal that outlives
 * many runs remembers each one that `AbortSignal.any` made of it (Node 20.20).
 */
export function abortWith(controller: AbortController, signals: readonly (AbortSignal | undefined)[]): () => void {
  const given = signals.filter((signal) => signal !== undefined);
  function onAbort(): void {
    controller.abort(given.find(({ aborted }) => aborted)?.reason);
  }
  for (const signal of given) signal.addEventListener('abort', onAbort);
  if (given.some(({ aborted }) => aborted)) onAbort();
  return () => {
    for (const signal of given) signal.removeEventListener('abort', onAbort);
  };
}
