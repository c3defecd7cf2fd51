import { existsSync } from 'node:fs';
import { resolve as resolvePath } from 'node:path';
import { inlineJson } from '../../claude/options/arguments.ts';
import type { ClaudeOptions } from '../../claude/options/flags.ts';
import { readJson } from '../../claude/options/read-json.ts';
import type { Settings } from '../../config/layers.ts';
import type { Policy } from '../../servers/policy.ts';
import { reject } from './reject.ts';

/** Options that name files: the operator's, not those of the folder that a query works in. */
const FILES = ['systemPromptFile', 'appendSystemPromptFile', 'debugFile', 'pluginDir', 'mcpConfig', 'agents'] as const;

/**
 * What else claude is given by the operator. A project's own settings, hooks and MCP servers are untrusted: they are left
 * out unless the operator asks for them.
 * @param cwd where relative paths count from
 * @throws SluiceError `usage` for settings that can't be read, or can't be joined with those of a query
 */
export function claudeOptionsOf(options: ClaudeOptions, cwd: string, settings: Settings): Policy['claude'] {
  const {
    allowedTools: _rules,
    disallowedTools: _denied,
    tools: _tools,
    permissionMode: _mode,
    dangerouslySkipPermissions: _bypass,
    maxTurns: _turns,
    maxBudgetUsd: _budget,
    settings: own,
    ...others
  } = options;
  const files = FILES.flatMap((name) => {
    if (others[name] === undefined) return [];
    const value = located(others[name], cwd);
    const missing = name === 'debugFile' ? undefined : missingOf(value);
    if (missing !== undefined) reject(settings, name, `${missing} does not exist`);
    return [[name, value] as const];
  });
  return {
    settingSources: 'user',
    strictMcpConfig: true,
    ...others,
    ...Object.fromEntries(files),
    ...(own === undefined ? {} : { settings: { ...settingsOf(own, cwd, settings) } }),
  };
}

/** A path, or each of a list, made absolute; JSON stays as it is. */
function located(value: unknown, cwd: string): unknown {
  if (Array.isArray(value)) return value.map((item) => located(item, cwd));
  return inlineJson(value) === null ? resolvePath(cwd, String(value)) : value;
}

/** The first path that leads nowhere: each query would fail, and whoever starts a server may not see that. */
function missingOf(value: unknown): string | undefined {
  const paths = [value].flat().filter((item) => typeof item === 'string' && inlineJson(item) === null);
  return paths.map(String).find((path) => !existsSync(path));
}

/** Claude takes one text of settings, and rules of a file count from its folder, which is lost on the way. */
function settingsOf(own: NonNullable<ClaudeOptions['settings']>, cwd: string, settings: Settings): object {
  const read = readJson('--settings', own, cwd);
  if (inlineJson(own) === null && /"[A-Za-z]+\(\/(?!\/)/.test(JSON.stringify(read))) {
    reject(settings, 'settings', 'a rule in it counts from the folder of the file; write it with //, from the root');
  }
  return read;
}
