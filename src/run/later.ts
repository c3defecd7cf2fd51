/**
 * What a run needs once claude has been started, and not before: rules are what takes time to load, and claude
 * needs half a second itself. One module, so that it is one file when it is built.
 */
export { createRedactor } from '../secrets/redactor.ts';
export { decode } from '../stream/decode.ts';
export { readLive } from '../stream/read-run.ts';
export { splitLines } from '../stream/split-lines.ts';
export { lookBack } from './look-back.ts';
