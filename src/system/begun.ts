/** The same values, the first of which is asked for at once: a stream that fails while nobody listens takes the process with it. */
export function begun<Value>(source: AsyncGenerator<Value, void, undefined>): AsyncGenerator<Value, void, undefined> {
  const first = source.next();
  first.catch(() => {});
  return (async function* () {
    for (let step = await first; step.done !== true; step = await source.next()) yield step.value;
  })();
}
