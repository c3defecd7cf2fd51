import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { processFile } from '../peak-memory.ts';
import type { Gateway } from './start-server.ts';

/** What a gateway holds now. */
export interface Holdings {
  /** Bytes of memory. */
  readonly memory: number;
  readonly descriptors: number;
  /** Temporary files and folders; what is in those is not counted. */
  readonly files: number;
}

export function holdingsOf({ pid, home }: Gateway): Holdings {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(processFile(pid, 'status'))?.[1];
  return {
    memory: Number(kilobytes) * 1024,
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
    files: readdirSync(join(home, 'tmp')).length,
  };
}
