import { limitCommand } from '../../../../src/claude/start/resource-limits.ts';
import type { Marker } from '../../../../src/claude/process-tree/marker.ts';

/** The beginning of a command line that is started with the limit of a marker. */
export function markingCommand({ limit }: Marker): readonly string[] {
  return limitCommand({}, { path: process.env['PATH'], cwd: '/', env: {} }, limit);
}
