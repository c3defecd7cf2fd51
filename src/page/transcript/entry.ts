import type { Tone } from '../../sinks/pretty/notice.ts';

interface Base {
  /** The same for as long as it is there. */
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Counts its changes. */
  version: number;
}

/** What the model wrote or thought, or what it was asked. */
export interface Words extends Base {
  readonly kind: 'said' | 'thought' | 'asked';
  text: string;
  /** Whether it is still being written. */
  isLive: boolean;
}

/** A call of a tool. */
export interface Called extends Base {
  readonly kind: 'called';
  readonly name: string;
  /** What it is called with, in so far as a line can tell. */
  readonly summary: string;
  readonly input: unknown;
  result: Result | null;
  /** What it is doing, where somebody said so. */
  progress: string | null;
  /** What the subagent did that it started. */
  readonly inside: Entry[];
}

export interface Result {
  readonly at: number;
  readonly text: string;
  readonly hasFailed: boolean;
}

/** What is to be known of the run itself. */
export interface Noted extends Base {
  readonly kind: 'noted';
  readonly tone: Tone;
  readonly text: string;
}

/** One thing that happened in a run, as people read it. */
export type Entry = Words | Called | Noted;
