import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { execaSync } from 'execa';
import * as z from 'zod';

const PINNED = `@anthropic-ai/claude-code-${process.platform}-${process.arch}/package.json`;
const require = createRequire(import.meta.url);

/** The real claude under test: `SLUICE_TEST_CLAUDE`, or the pinned dev dependency. */
export const CLAUDE = process.env['SLUICE_TEST_CLAUDE'] ?? pinned();

/** Whether it is the pinned one, which our recordings are of. */
export const IS_PINNED = process.env['SLUICE_TEST_CLAUDE'] === undefined;

/** Its version, such as `2.1.197`; that of the pinned one stands in its package, and each worker that asked it would start it. */
export const VERSION = IS_PINNED ? z.object({ version: z.string() }).parse(require(PINNED)).version : versionOf(CLAUDE);

/** Whether the claude under test is of this version or newer. */
export function since(version: string): boolean {
  const [own, other] = [VERSION, version].map((text) => text.split('.').map(Number));
  const difference = own?.map((part, index) => part - (other?.[index] ?? 0)).find((part) => part !== 0);
  return (difference ?? 0) >= 0;
}

function pinned(): string {
  return join(dirname(require.resolve(PINNED)), process.platform === 'win32' ? 'claude.exe' : 'claude');
}

function versionOf(claude: string): string {
  return /\d+\.\d+\.\d+/.exec(execaSync(claude, ['--version']).stdout)?.[0] ?? '0.0.0';
}
