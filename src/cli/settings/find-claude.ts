import { locateClaude } from '../../claude/start/locate.ts';
import { read, type Settings } from '../../config/layers.ts';
import { OPTION } from '../../config/command-options/options.ts';
import { SluiceError } from '../../errors.ts';
import type { Io } from '../io.ts';
import { whereSet } from './where-set.ts';

/** The claude that runs would start, or why there is none. @param cwd where its path counts from */
export function findClaude(settings: Settings, { env, cwd }: Pick<Io, 'env' | 'cwd'>): string | SluiceError {
  const explicit = read(settings, OPTION.claudePath);
  try {
    return locateClaude({ explicit, layer: whereSet(settings, 'claudePath'), path: env['PATH'], cwd });
  } catch (error) {
    if (error instanceof SluiceError) return error;
    throw error;
  }
}
