/** Something to measure, in whatever unit; called once a round. */
export type Contender<Sample> = () => Promise<Sample>;

/**
 * Measures all contenders once in every round, each round beginning with the next one, so that a noisy minute and the
 * place in the round fall on all alike. One round before the first is not counted: it warms caches.
 */
export async function inRounds<Name extends string, Sample>(
  rounds: number,
  contenders: Readonly<Record<Name, Contender<Sample>>>,
): Promise<Record<Name, Sample[]>> {
  const names = Object.keys(contenders) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Sample[]>;
  for (let round = -1; round < rounds; round += 1) {
    const first = (round + names.length) % names.length;
    for (const name of [...names.slice(first), ...names.slice(0, first)]) {
      const sample = await contenders[name]();
      if (round >= 0) samples[name].push(sample);
    }
  }
  return samples;
}
