import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withinPolicy } from '../../../../src/servers/approvals/within-policy.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const root = () => {
  const folder = temporaryFolder({ 'root/a.txt': '' });
  symlinkSync('/etc', join(folder, 'root/out'));
  return join(folder, 'root');
};

it.each([
  ['Bash', () => ({ command: 'ls' }), true],
  ['Write', (folder: string) => ({ file_path: join(folder, 'new/b.txt') }), true],
  ['Write', () => ({ file_path: '/etc/passwd' }), false],
  ['Write', (folder: string) => ({ file_path: join(folder, '../b.txt') }), false],
  ['Write', (folder: string) => ({ file_path: join(folder, 'out/new') }), false],
  ['Write', () => ({}), false],
  ['WebFetch', () => ({ url: 'http://a' }), false],
] as const)('somebody is asked about %s where the policy leaves it to people (%#)', async (tool, input, isAsked) => {
  const folder = root();
  const asked: string[] = [];
  const approve = withinPolicy({ roots: [folder], askTools: ['Bash', 'Write'] }, (call) => {
    asked.push(call.tool);
    return { behavior: 'allow' };
  });
  const call = { id: '1', tool, input: input(folder), digest: 'd', reason: null, shown: tool };
  const { behavior } = await approve(call, new AbortController().signal);
  expect([behavior, asked.length]).toEqual(isAsked ? ['allow', 1] : ['deny', 0]);
});
