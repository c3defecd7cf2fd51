import type { ValuesOf } from './field.ts';
import type { RUN_OPTIONS } from './run-options.ts';
import type { Prompt } from './prompt.ts';

/**
 * One run of claude: what to ask, with which of claude's own options, and within which bounds. It is plain JSON: a body, a
 * job or a cache key; absent means the default. What is no data is in the `Host` of the run.
 */
export interface RunRequest extends ValuesOf<typeof RUN_OPTIONS> {
  /** A string is an instruction. */
  readonly prompt?: string | Prompt;
  /** Arguments that go to claude as they are, after all others; default: none. */
  readonly passThrough?: readonly string[];
}
