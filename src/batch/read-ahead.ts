/** Values that are read before they are asked for. */
export interface Ahead<Value> {
  /** The next one; null where there is none, or reading was ended. @throws what reading threw */
  next(): Promise<Value | null>;
  /** How many are still to come: exact once all have been read, `Infinity` before. */
  coming(): number;
  /** Reads no more. */
  close(): void;
}

/**
 * Reads up to `most` values ahead, once the first has been asked for.
 * @param over ends it at once, also while the source has nothing to say
 */
export function readAhead<Value>(source: AsyncIterator<Value>, most: number, over: AbortSignal): Ahead<Value> {
  const read: Value[] = [];
  let isReading = false;
  let isAll = false;
  let fault: { readonly error: unknown } | null = null;
  let wake = (): void => {};

  function end(): void {
    isAll = true;
    wake();
  }

  async function fill(): Promise<void> {
    if (isReading) return;
    isReading = true;
    try {
      while (!isAll && read.length < most) {
        const { value, done } = await source.next();
        if (done === true) end();
        else read.push(value);
        wake();
      }
    } catch (error) {
      fault = { error };
      end();
    } finally {
      isReading = false;
    }
  }

  over.addEventListener('abort', () => {
    read.length = 0;
    end();
  });
  return {
    async next() {
      void fill();
      if (read.length === 0 && !isAll) await new Promise<void>((resolve) => (wake = resolve));
      const value = read.shift();
      if (value === undefined && fault !== null) throw fault.error;
      void fill();
      return value ?? null;
    },
    coming: () => (isAll ? read.length : Number.POSITIVE_INFINITY),
    close() {
      end();
      // A source that still waits for something, as a pipe may for ever, is not waited for.
      source.return?.().catch(() => {});
    },
  };
}
