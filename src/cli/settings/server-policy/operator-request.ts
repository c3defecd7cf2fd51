import { existsSync } from 'node:fs';
import { readJson } from '../../../claude/start/read-json.ts';
import { read, type Settings } from '../../../config/layers.ts';
import { OPTION } from '../../../config/command-options/options.ts';
import type { PermissionMode } from '../../../request/run-options/permissions.ts';
import { isJsonPath, type Json, jsons } from '../../../request/kinds/json.ts';
import type { RunRequest } from '../../../request/run-request.ts';
import type { OperatorRequest } from '../../../servers/policy.ts';
import { reject } from './reject.ts';
import { named } from './tool-list.ts';

/**
 * What the operator asks of every run. A project's own settings, hooks and MCP servers are untrusted: they are left
 * out unless the operator asks for them.
 * @param permissionMode the mode of queries that name none
 * @throws SluiceError `usage` for files that are not there, or settings that can't be joined with those of a query
 */
export function operatorRequest(
  request: RunRequest,
  permissionMode: PermissionMode,
  settings: Settings,
): OperatorRequest {
  const {
    // The policy has these: as folders, as tools and as a mode.
    cwd: _cwd,
    tools: _tools,
    allowedTools: _rules,
    dangerouslySkipPermissions: _bypass,
    prompt: _prompt,
    disallowedTools = [],
    settings: own,
    ...others
  } = request;
  rejectMissing(settings);
  return {
    settingSources: 'user',
    strictMcpConfig: true,
    // Who looks at a page sees text while it is written.
    ...(read(settings, OPTION.serveUi) === true ? { includePartialMessages: true } : {}),
    ...others,
    permissionMode,
    disallowedTools: named(disallowedTools),
    // A prompt is an instruction: it goes as it is, unless the operator says otherwise.
    redactInput: others.redactInput === true,
    ...(own === undefined ? {} : { settings: settingsOf(own, settings) }),
  };
}

/** Each query would fail without a file that it needs, and whoever starts a server may not see that. */
function rejectMissing(settings: Settings): void {
  for (const [name, { option, value }] of settings) {
    if (option.mustExist !== true || !jsons.is(value)) continue;
    const paths = [value].flat().filter(isJsonPath);
    const missing = paths.find((path) => !existsSync(path));
    if (missing !== undefined) reject(settings, name, `${missing} does not exist`);
  }
}

/** Claude takes one text of settings, and rules of a file count from its folder, which is lost on the way. */
function settingsOf(own: Json, settings: Settings): Readonly<Record<string, unknown>> {
  const parsed = readJson('settings', own);
  if (isJsonPath(own) && /"[A-Za-z]+\(\/(?!\/)/.test(JSON.stringify(parsed))) {
    reject(settings, 'settings', 'a rule in it counts from the folder of the file; write it with //, from the root');
  }
  return { ...parsed };
}
