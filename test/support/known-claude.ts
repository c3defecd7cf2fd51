import type { Script } from '../../src/demo/script.ts';
import { IS_PINNED } from './claude.ts';
import { type RecordingName, reprinting } from './recordings.ts';
import type { Invocation } from './sluice.ts';
import { stub } from './stub.ts';

/**
 * The claude that lives through a script of the API: the pinned one need not be started for it, since a recording tells what
 * it prints then; any other is the real one.
 */
export async function livingThrough(
  script: Script,
  recording: RecordingName,
): Promise<Pick<Invocation, 'api' | 'fake'>> {
  return IS_PINNED ? { fake: reprinting(recording) } : { api: await stub(script) };
}
