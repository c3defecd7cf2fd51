import type { Sink } from './sink.ts';

/**
 * A sink whose code is loaded in the next turn of the event loop, so that claude is started first; events wait for it.
 */
export function lazySink(load: () => Promise<Sink>): Sink {
  let sink: Sink | null = null;
  const loading = new Promise<void>((resolve) => setImmediate(resolve)).then(load).then((loaded) => (sink = loaded));
  loading.catch(() => {});
  return {
    write: (event) => (sink === null ? loading.then((loaded) => loaded.write(event)) : sink.write(event)),
    close: (ending) => (sink === null ? loading.then((loaded) => loaded.close(ending)) : sink.close(ending)),
  };
}
