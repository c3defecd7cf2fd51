import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for what is measured and what it is measured with. */
export interface BenchFolder {
  readonly path: string;
  /** The built command, copied here so that a build in the middle of a run changes nothing. */
  readonly sluice: string;
}

/** Runs `action` with a fresh folder, which is gone afterwards, whatever happens; its files are large. */
export async function withBenchFolder<Result>(action: (folder: BenchFolder) => Promise<Result>): Promise<Result> {
  const path = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  // As what servers work in is, where it is not somebody's home.
  chmodSync(path, 0o755);
  const remove = (): void => rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  const leave = (): never => {
    remove();
    process.exit(130);
  };
  process.once('SIGINT', leave).once('SIGTERM', leave);
  try {
    const copy = join(path, 'sluice');
    for (const part of ['package.json', 'bin', 'dist']) cpSync(part, join(copy, part), { recursive: true });
    return await action({ path, sluice: join(copy, 'bin/sluice.js') });
  } finally {
    remove();
    process.off('SIGINT', leave).off('SIGTERM', leave);
  }
}
