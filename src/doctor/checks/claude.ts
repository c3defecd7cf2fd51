import { delimiter, join } from 'node:path';
import { probeProgram } from '../../claude/probe-program.ts';
import { messageOf, type NameOption } from '../../errors.ts';
import { realPathOf } from '../../system/real-path.ts';
import type { Finding } from '../finding.ts';
import type { Setup } from '../setup.ts';
import { definedIn } from '../variables.ts';

/** What is known of versions before one: as measured on 1.0.128, 2.0.76, 2.1.197 and 2.1.332. */
const TRAPS: readonly (readonly [before: string, what: string])[] = [
  ['2.1.0', 'it tells nothing of its retries and of the status of the API: sluice knows less of why a run failed'],
  ['2.1.329', 'it resumes a session from the folder of that session only'],
];

const UPDATE = 'claude update';

/** Which claude would run, of which version, and what that version is known for. */
export async function checkClaude(setup: Setup, nameOption: NameOption): Promise<Finding[]> {
  const { claude, env, cwd } = setup;
  if (typeof claude !== 'string') {
    return [
      {
        level: 'error',
        what: messageOf(claude, nameOption),
        why: 'each run starts claude, and none would: exit code 3',
        fix: 'npm install -g @anthropic-ai/claude-code',
      },
    ];
  }
  const text = await probeProgram({ path: claude, env: definedIn(env), cwd }, ['--version']);
  const version = /^\s*(\d+\.\d+\.\d+)\S* \(Claude Code\)/.exec(text)?.[1];
  if (version === undefined) {
    return [
      {
        level: 'error',
        what: `${claude} does not say that it is Claude Code when it is asked for its version`,
        why: 'it may be another program of that name, or one that does not start here',
        fix: `${claude} --version`,
      },
    ];
  }
  const traps = TRAPS.filter(([before]) => isOlder(version, before));
  return [
    { level: 'ok', what: `${claude}, version ${version}` },
    ...traps.map(([, what]): Finding => ({ level: 'note', what: `version ${version}: ${what}`, fix: UPDATE })),
    ...others(setup, claude),
  ];
}

/** Other claudes on PATH: people update one and run the other. */
function others({ env }: Setup, claude: string): Finding[] {
  const own = realPathOf(claude);
  const found = (env['PATH'] ?? '').split(delimiter).flatMap((folder) => realPathOf(join(folder, 'claude')) ?? []);
  const different = [...new Set(found)].filter((path) => path !== own);
  if (different.length === 0) return [];
  return [
    {
      level: 'note',
      what: `there are more on PATH: ${different.join(', ')}`,
      why: 'an update of one leaves the others as they are',
      fix: 'sluice --claude PATH, or SLUICE_CLAUDE_PATH, says which one is used',
    },
  ];
}

function isOlder(version: string, than: string): boolean {
  const [own, other] = [version, than].map((text) => text.split('.').map(Number));
  const difference = own?.map((part, index) => part - (other?.[index] ?? 0)).find((part) => part !== 0);
  return (difference ?? 0) < 0;
}
