import type { Random } from '../random.ts';

/** Texts that resemble secrets and hold none, each of a kind. */
export type LookAlikes = Readonly<Record<string, (random: Random) => string>>;
