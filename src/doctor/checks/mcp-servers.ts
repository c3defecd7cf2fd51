import { givenServers, serverFiles } from '../../claude/start/given-servers.ts';
import type { RunRequest } from '../../request/run-request.ts';
import { shellWord } from '../../shell-word.ts';
import type { Finding } from '../finding.ts';
import { readJsonFile } from '../json-file.ts';
import type { Setup } from '../setup.ts';

/** The MCP servers that a run here would start. They are not started: what a checkout names is not trusted. */
export function checkMcpServers({ env, cwd }: Setup, request: RunRequest): Finding[] {
  const servers = givenServers(request, { env, cwd });
  const unusable = serverFiles(request, { env, cwd }).flatMap(unusableFile);
  if (servers.length + unusable.length === 0) return [{ level: 'ok', what: 'no MCP servers are configured here' }];
  const places = new Map<string, string[]>();
  for (const { by, name } of servers) places.set(by, [...(places.get(by) ?? []), name]);
  return [
    ...unusable,
    ...[...places].map(([by, names]): Finding => ({
      level: 'ok',
      what: `${names.length} in ${by}: ${names.join(', ')}; not started (--start-mcp does)`,
    })),
    ...servers.flatMap(({ name, by, flaw, isRepeated }): Finding[] => [
      ...(flaw === null ? [] : [{ level: 'warning' as const, what: `${name} of ${by} will be ignored: ${flaw}` }]),
      ...(isRepeated
        ? [{ level: 'warning' as const, what: `${name} stands more than once in ${by}: the last one counts` }]
        : []),
    ]),
  ];
}

function unusableFile(path: string): Finding[] {
  const file = readJsonFile(path);
  if (file === null || file.values !== null) return [];
  return [
    {
      level: 'warning',
      what: `${path} can't be used: ${file.flaw}`,
      why: 'claude goes on without the MCP servers that it names',
      fix: `jq . ${shellWord(path)}`,
    },
  ];
}
