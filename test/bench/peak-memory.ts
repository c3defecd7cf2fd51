import { readFileSync } from 'node:fs';

/** The kernel's own high-water mark, in bytes; null once the process is gone. It only grows, so the last look is the highest. */
export function peakMemory(pid: number | undefined): number | null {
  const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(processFile(pid, 'status'))?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}

/** A file of `/proc` about a process; empty once that is gone. */
export function processFile(pid: number | undefined, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
