import { fileURLToPath } from 'node:url';

/** What is odd about the machine that sluice runs on; `odd-machine.cjs` says what each means. Times are milliseconds. */
export interface Oddity {
  readonly clock?: { readonly after: number; readonly by: number };
  readonly space?: { readonly after: number; readonly free: number };
  readonly watchers?: 'none';
  readonly descriptors?: 'none';
  readonly openFiles?: string;
}

/** The environment that makes it so, for sluice alone. */
export function oddMachine(oddity: Oddity): Readonly<Record<string, string>> {
  const preload = fileURLToPath(new URL('odd-machine.cjs', import.meta.url));
  return { NODE_OPTIONS: `--require=${preload}`, ODD_MACHINE: JSON.stringify(oddity) };
}
