/**
 * Usage: npm run drift [-- --latest]
 * Lists what the pinned Agent SDK and newest claude of test/peers have that sluice has no name for; with --latest, what
 * their newest published versions have. Never fails for a difference: it is for people to judge.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { KNOWN_NAMES } from '../../src/messages/recognise.ts';
import { flagsOfHelp, sluiceHas } from '../support/help-flags.ts';
import { OMITTED_FLAGS } from '../support/omitted-flags.ts';
import { installPeers } from './install.ts';
import { namesOfUnion } from './union-names.ts';

const latest = process.argv.includes('--latest');
const sdk = dirname(installPeers('sdk', { latest }));
const claude = installPeers('newest', { latest });

const theirs = namesOfUnion(readFileSync(join(sdk, 'sdk.d.ts'), 'utf8'), 'SDKMessage');
const version = JSON.parse(readFileSync(join(sdk, 'package.json'), 'utf8')).version;
console.log(`SDKMessage of the Agent SDK ${version}: ${theirs.length} messages`);
list(
  'not named by our schemas',
  theirs.filter((name) => !KNOWN_NAMES.includes(name)),
);
list(
  'named by our schemas alone',
  KNOWN_NAMES.filter((name) => !theirs.includes(name)),
);

const flags = flagsOfHelp(execFileSync(claude, ['--help'], { encoding: 'utf8' }));
const names = flags.flat();
console.log(`\nclaude ${execFileSync(claude, ['--version'], { encoding: 'utf8' }).trim()}: ${flags.length} flags`);
list(
  'neither in sluice nor in test/support/omitted-flags.ts',
  flags.filter((spellings) => !sluiceHas(spellings) && !spellings.some((name) => name in OMITTED_FLAGS)).flat(),
);
list(
  'in test/support/omitted-flags.ts, though no longer in the help',
  Object.keys(OMITTED_FLAGS).filter((name) => !names.includes(name)),
);

function list(what: string, items: readonly string[]): void {
  console.log(`  ${what}: ${items.length === 0 ? 'none' : items.join(', ')}`);
}
