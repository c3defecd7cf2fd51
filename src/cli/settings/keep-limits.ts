import { read, type Settings } from '../../config/layers.ts';
import { OPTION } from '../../config/command-options/options.ts';
import type { KeepLimits } from '../../runs/run-index.ts';

/** How much is kept of the runs of the command line. */
export function keepLimitsOf(settings: Settings): KeepLimits {
  return {
    runs: read(settings, OPTION.historyKeepRuns),
    bytes: read(settings, OPTION.historyKeepBytes),
    ageMs: read(settings, OPTION.historyKeepFor),
  };
}
