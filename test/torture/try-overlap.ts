import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { makePlace } from './place.ts';

const SLUICE = fileURLToPath(new URL('../../bin/sluice.js', import.meta.url));
const CLAUDE = fileURLToPath(new URL('processes/patient-claude.sh', import.meta.url));

/**
 * Starts so many jobs at once that share a lock; the one that has it works until all others have ended. Returns how often
 * each exit code was given.
 */
export async function tryOverlap(jobs: number): Promise<Readonly<Record<string, number>>> {
  const place = makePlace();
  const go = join(place.home, 'go');
  const codes: Record<string, number> = {};
  let ended = 0;
  try {
    await Promise.all(
      Array.from({ length: jobs }, async () => {
        const child = spawn(process.execPath, [SLUICE, '--lock', 'torture', '--no-stdin', '--claude', CLAUDE, 'work'], {
          cwd: place.project,
          env: { PATH: process.env['PATH'], HOME: place.home, TMPDIR: place.temporary, TORTURE_GO: go },
          stdio: 'ignore',
        });
        const [code] = await once(child, 'exit');
        codes[String(code)] = (codes[String(code)] ?? 0) + 1;
        if (++ended === jobs - 1) writeFileSync(go, '');
      }),
    );
    return codes;
  } finally {
    place.remove();
  }
}
