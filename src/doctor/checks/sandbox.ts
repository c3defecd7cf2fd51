import { readFileSync } from 'node:fs';
import { programOnPath } from '../../claude/start/locate.ts';
import { isRecord } from '../../is-record.ts';
import { claudeSettings } from '../claude-settings.ts';
import type { Finding } from '../finding.ts';
import type { Setup } from '../setup.ts';

/** Switches of Linux that keep programs from making namespaces, which the sandbox is made of, with the value that does. */
const FORBIDDING: readonly (readonly [file: string, value: string])[] = [
  ['/proc/sys/kernel/unprivileged_userns_clone', '0'],
  ['/proc/sys/user/max_user_namespaces', '0'],
  ['/proc/sys/kernel/apparmor_restrict_unprivileged_userns', '1'],
];

/** Whether claude's sandbox for commands can be had, on Linux: it is bwrap and socat. */
export function checkSandbox(setup: Setup): Finding[] {
  if (process.platform !== 'linux') return [];
  const missing = ['bwrap', 'socat'].filter(
    (name) => programOnPath(name, { path: setup.env['PATH'], cwd: setup.cwd }) === null,
  );
  const forbidding = FORBIDDING.filter(([file, value]) => read(file) === value).map(([file]) => file);
  const isRoot = process.getuid?.() === 0;
  if (missing.length === 0 && (isRoot || forbidding.length === 0))
    return [{ level: 'ok', what: 'the sandbox can be had: bwrap and socat are there' }];
  const reasons = [
    ...(missing.length === 0 ? [] : [`${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not on PATH`]),
    ...(isRoot ? [] : forbidding.map((file) => `${file} forbids user namespaces`)),
  ];
  const wanted = claudeSettings(setup).some(
    ({ values }) => isRecord(values?.['sandbox']) && values['sandbox']['enabled'] === true,
  );
  return [
    {
      level: wanted ? 'warning' : 'note',
      what: `claude's sandbox for commands can't be had: ${reasons.join('; ')}`,
      why: wanted ? "claude's settings switch it on: commands may run without it" : 'only runs that ask for it need it',
      fix:
        missing.length === 0 ? `sysctl ${forbidding[0] ?? ''}` : `apt-get install ${missing.map(packageOf).join(' ')}`,
    },
  ];
}

function packageOf(program: string): string {
  return program === 'bwrap' ? 'bubblewrap' : program;
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}
