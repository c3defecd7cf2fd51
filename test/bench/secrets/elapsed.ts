/** What something took, in milliseconds. */
export interface Elapsed {
  readonly wall: number;
  /** CPU time of this process, which other work on the machine disturbs less. */
  readonly cpu: number;
}

/** Takes the time of an action, to its end if it is a promise. */
export async function elapsedIn(action: () => unknown): Promise<Elapsed> {
  const start = performance.now();
  const before = process.cpuUsage();
  await action();
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - start, cpu: (user + system) / 1000 };
}
