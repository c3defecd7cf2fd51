import type { Sink } from '../sink.ts';
import { createLiveFace } from './live.ts';
import { createPlainFace } from './plain.ts';
import type { PrettyOptions } from './options.ts';

/** Shows a run to people: live on a terminal, as a plain log anywhere else. */
export function createPrettySink(options: PrettyOptions): Sink {
  return options.out.isTTY ? createLiveFace(options) : createPlainFace(options);
}
