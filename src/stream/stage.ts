/**
 * What travels between stages: all that one read of claude's output brought, so that a hop costs once a read and not
 * once a line. A batch is never held back to make it larger.
 */
export type Batch<Item> = readonly Item[];

/** A step of the pull pipeline: state is local to the generator, backpressure and early exit come free. */
export type Stage<In, Out> = (source: AsyncIterable<In>) => AsyncGenerator<Out, void, undefined>;
