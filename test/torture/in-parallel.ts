/** Does all jobs, so many at a time, in their order; once `signal` is aborted it begins no more. */
export async function inParallel(
  width: number,
  jobs: readonly (() => Promise<void>)[],
  signal: AbortSignal,
): Promise<void> {
  const queue = jobs.values();
  const worker = async (): Promise<void> => {
    for (const job of queue) {
      if (signal.aborted) return;
      await job();
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
}
