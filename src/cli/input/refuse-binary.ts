import type { Input } from '../../filter/filter-text.ts';
import { describeBinary } from '../../prompt/describe-binary.ts';
import { binaryKindOf } from '../../system/binary-kind.ts';

/** The same input, which can't be read where it begins as a file does that holds no text. */
export function refuseBinary(input: Input): Input {
  return { name: input.name, open: async () => textOf(await input.open(), input.name) };
}

async function* textOf(bytes: AsyncIterable<Uint8Array>, name: string | null): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const chunk of bytes) {
    const kind = isFirst ? binaryKindOf(chunk) : undefined;
    if (kind !== undefined) throw new Error(describeBinary(kind, name));
    isFirst = false;
    yield chunk;
  }
}
