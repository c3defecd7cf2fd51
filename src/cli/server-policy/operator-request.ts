import { existsSync } from 'node:fs';
import { readJson } from '../../claude/options/read-json.ts';
import type { Settings } from '../../config/layers.ts';
import type { PermissionMode } from '../../request/fields/permissions.ts';
import { isJsonPath, type Json } from '../../request/kinds/json.ts';
import type { RunRequest } from '../../request/run-request.ts';
import type { OperatorRequest } from '../../servers/policy.ts';
import { reject } from './reject.ts';
import { named } from './tool-list.ts';

/** Options that name files: each query would fail without them, and whoever starts a server may not see that. */
const FILES = ['systemPromptFile', 'appendSystemPromptFile', 'pluginDir', 'mcpConfig', 'agents'] as const;

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
  for (const name of FILES) {
    const missing = missingOf(others[name]);
    if (missing !== undefined) reject(settings, name, `${missing} does not exist`);
  }
  return {
    settingSources: 'user',
    strictMcpConfig: true,
    ...others,
    permissionMode,
    disallowedTools: named(disallowedTools),
    // A prompt is an instruction: it goes as it is, unless the operator says otherwise.
    redactInput: others.redactInput === true,
    ...(own === undefined ? {} : { settings: settingsOf(own, settings) }),
  };
}

/** The first path that leads nowhere. */
function missingOf(value: Json | readonly Json[] | undefined): string | undefined {
  const paths = (value === undefined ? [] : [value].flat()).filter(isJsonPath);
  return paths.find((path) => !existsSync(path));
}

/** Claude takes one text of settings, and rules of a file count from its folder, which is lost on the way. */
function settingsOf(own: Json, settings: Settings): Readonly<Record<string, unknown>> {
  const parsed = readJson('settings', own);
  if (isJsonPath(own) && /"[A-Za-z]+\(\/(?!\/)/.test(JSON.stringify(parsed))) {
    reject(settings, 'settings', 'a rule in it counts from the folder of the file; write it with //, from the root');
  }
  return { ...parsed };
}
