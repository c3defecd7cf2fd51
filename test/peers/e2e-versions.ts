/**
 * Usage: npm run e2e:versions [-- arguments for vitest]
 * Runs the end-to-end tests of the real claude, or those of them that are named, on versions from before the native
 * binaries.
 */
import { spawnSync } from 'node:child_process';
import { installPeers } from './install.ts';

const named = process.argv.slice(2);
for (const version of ['2.0.76', '1.0.128'] as const) {
  const claude = installPeers(`claude-${version}`);
  console.log(`\nclaude ${version}`);
  const args = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project=e2e',
    ...(named.length > 0 ? named : ['test/e2e/real']),
  ];
  const env = { ...process.env, SLUICE_TEST_CLAUDE: claude };
  const { status } = spawnSync(process.execPath, args, { env, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
