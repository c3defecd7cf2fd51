import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { execaSync } from 'execa';

/** The real claude under test: `SLUICE_TEST_CLAUDE`, or the pinned dev dependency. */
export const CLAUDE = process.env['SLUICE_TEST_CLAUDE'] ?? pinned();

/** Whether it is the pinned one, which our recordings are of. */
export const IS_PINNED = process.env['SLUICE_TEST_CLAUDE'] === undefined;

/** Its version, such as `2.1.197`. */
export const VERSION = /\d+\.\d+\.\d+/.exec(execaSync(CLAUDE, ['--version']).stdout)?.[0] ?? '0.0.0';

/** Whether the claude under test is of this version or newer. */
export function since(version: string): boolean {
  const [own, other] = [VERSION, version].map((text) => text.split('.').map(Number));
  const difference = own?.map((part, index) => part - (other?.[index] ?? 0)).find((part) => part !== 0);
  return (difference ?? 0) >= 0;
}

function pinned(): string {
  const require = createRequire(import.meta.url);
  const name = `@anthropic-ai/claude-code-${process.platform}-${process.arch}`;
  return join(dirname(require.resolve(`${name}/package.json`)), process.platform === 'win32' ? 'claude.exe' : 'claude');
}
