import type { Origins } from '../../request/check-request.ts';
import type { RunRequest } from '../../request/run-request.ts';
import { realPathOf } from '../../system/real-path.ts';
import type { Place } from '../start/config-folder.ts';
import { locateClaude } from '../start/locate.ts';
import { configurationOf } from './configuration.ts';
import { stampOf } from './stamps.ts';

/**
 * What a claude would find that were started now, as a value to be compared: itself, its folder, and the state of
 * all that it reads at the start.
 * @throws SluiceError where there is no claude, RangeError where there is more than can be looked at
 */
export function foundAtStart(request: RunRequest, place: Place, origins: Origins): readonly unknown[] {
  const { env, cwd } = place;
  const path = locateClaude({ explicit: request.claudePath, layer: origins['claudePath'], path: env['PATH'], cwd });
  const binary = realPathOf(path) ?? path;
  return [[path, binary, stampOf(binary)], [realPathOf(cwd), stampOf(cwd)], configurationOf(request, place)];
}
