import type { Terminal } from './output.ts';

/** A stream of Node's; `process.stdout` is one. */
export interface NodeStream {
  write(text: string, onDone: (error?: Error | null) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  getColorDepth?(): number;
}

/** chalk's colour levels, by the bits of a colour that Node finds a terminal to have. */
const LEVELS = new Map<number, Terminal['colorLevel']>([
  [4, 1],
  [8, 2],
  [24, 3],
]);

/**
 * A stream of Node's as an output: a sink that writes there keeps to its pace, and is told when its reader has gone,
 * which would end the process otherwise. Colours are those that Node sees, `NO_COLOR` and `FORCE_COLOR` included.
 */
export function outputOf(stream: NodeStream): Terminal {
  minded(stream);
  const isTTY = stream.isTTY === true;
  return {
    isTTY,
    columns: () => (isTTY ? (stream.columns ?? 0) : Number.POSITIVE_INFINITY),
    colorLevel: (isTTY ? LEVELS.get(stream.getColorDepth?.() ?? 1) : undefined) ?? 0,
    write: (text) =>
      new Promise((resolve, reject) => {
        stream.write(text, (error) => (error == null ? resolve() : reject(error)));
      }),
  };
}

const MINDED = new WeakSet<NodeStream>();

/** Whose failure ends nothing: each write that fails tells of it. */
function minded(stream: NodeStream): void {
  if (MINDED.has(stream)) return;
  MINDED.add(stream);
  stream.on('error', () => {});
}
