import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { isRecord } from '../../is-record.ts';
import { parsedJson } from '../../parsed-json.ts';
import { ALL_RUN_OPTIONS } from '../../request/run-options.ts';
import { isJsonPath, jsons } from '../../request/kinds/json.ts';
import type { RunRequest } from '../../request/run-request.ts';
import { foldersUp } from '../../system/folders-up.ts';
import { realPathOf } from '../../system/real-path.ts';
import { configFile, configFolder, type Place } from '../start/config-folder.ts';
import { stampOf, textOf, treeOf } from './stamps.ts';

/** What claude reads of a folder that it works in, and of each around it. */
const OF_PROJECT = ['CLAUDE.md', 'CLAUDE.local.md', 'AGENTS.md', '.mcp.json'];

/** What claude reads of a `.claude`, the user's or a project's; folders with all that is in them. */
const OF_CONFIGURATION = [
  'settings.json settings.local.json remote-settings.json policy-limits.json .config.json .credentials.json',
  'CLAUDE.md AGENTS.md agents commands skills output-styles rules workflows hooks plugins/installed_plugins.json',
].flatMap((line) => line.split(' '));

/** Where organisations put what counts for everybody. */
const MANAGED: Partial<Record<NodeJS.Platform, string>> = {
  linux: '/etc/claude-code',
  darwin: '/Library/Application Support/ClaudeCode',
  win32: String.raw`C:\Program Files\ClaudeCode`,
};

/** What git tells of the state that claude shows to the model, the files that were changed since aside. */
const OF_GIT = ['.git', '.git/HEAD', '.git/index', '.git/logs/HEAD', '.git/packed-refs'];

/**
 * The state of all that claude reads when it is started, and not again (2.1.197, 2.1.332): settings, memories, hooks, MCP
 * servers, the login, what git says of the folder, and files that the request names. As texts, to be compared.
 * @throws RangeError where there is more than can be looked at
 */
export function configurationOf(request: RunRequest, place: Place): string[] {
  // It reads what projects say in each.
  const folders = [...foldersUp(realPathOf(place.cwd) ?? place.cwd), ...(request.addDir ?? [])];
  const files = [
    ...folders.flatMap((folder) => OF_PROJECT.map((name) => join(folder, name))),
    ...[...folders.map((folder) => join(folder, '.claude')), configFolder(place)]
      .filter((folder) => stampOf(folder) !== null)
      .flatMap((folder) => OF_CONFIGURATION.map((name) => join(folder, name))),
    MANAGED[process.platform] ?? '',
    ...namedFiles(request),
  ].filter((file) => file !== '');
  const memories = files.filter((file) => file.endsWith('.md'));
  return [
    ...[...files, ...importedBy(memories)].flatMap(treeOf),
    ...folders
      .filter((folder) => stampOf(join(folder, '.git')) !== null)
      .flatMap((folder) => OF_GIT.map((name) => `${folder} ${name} ${stampOf(join(folder, name))}`)),
    ...passedFiles(request, place).map((file) => `${file} ${stampOf(file)}`),
    JSON.stringify(ofConfigFile(place)),
  ];
}

/** A variable as configurations name it: `$NAME`, `${NAME:-default}`. */
const VARIABLE = /\$\{?([A-Za-z_]\w*)/g;

/** The variables that configurations fill in, those of MCP servers above all, by the texts of JSON that name them. */
export function variablesNamed(request: RunRequest, place: Place): ReadonlySet<string> {
  const folders = foldersUp(realPathOf(place.cwd) ?? place.cwd);
  const files = [...folders.map((folder) => join(folder, '.mcp.json')), configFile(place), ...namedFiles(request)];
  const given = [request.mcpConfig, request.settings, request.agents].map((value) => JSON.stringify(value) ?? '');
  const texts = [...files.map((file) => textOf(file) ?? ''), ...given];
  return new Set(texts.flatMap((text) => [...text.matchAll(VARIABLE)].map(([, name = '']) => name)));
}

/** Where claude works and writes is no file that it reads. */
const READ_LATER = ['cwd', 'addDir', 'debugFile', 'claudePath'];

function namedFiles(request: RunRequest): string[] {
  const given = new Map<string, unknown>(Object.entries(request));
  return ALL_RUN_OPTIONS.filter(({ name, paths }) => paths === true && !READ_LATER.includes(name)).flatMap(
    ({ name }) => {
      const value = given.get(name);
      return jsons.is(value) ? [value].flat().filter((item) => isJsonPath(item)) : [];
    },
  );
}

/** What goes to claude as it is may be a file's path, or end in one. */
function passedFiles({ passThrough = [] }: RunRequest, { cwd }: Place): string[] {
  return passThrough.map((argument) => resolve(cwd, argument.replace(/^--?[\w-]+=/, '')));
}

/** How deep a memory may import another (Claude Code's own limit), and what an import looks like. */
const DEEPEST_IMPORT = 5;
const IMPORT = /(?:^|\s)@(~?[^\s`]+)/g;

function importedBy(memories: readonly string[], depth = DEEPEST_IMPORT): string[] {
  if (depth === 0) return [];
  const imported = memories.flatMap((memory) =>
    [...(textOf(memory) ?? '').matchAll(IMPORT)]
      .map(([, path = '']) => resolve(dirname(memory), path.replace(/^~(?=\/|$)/, homedir())))
      .filter((path) => stampOf(path) !== null),
  );
  return imported.length === 0 ? [] : [...imported, ...importedBy(imported, depth - 1)];
}

/** What it keeps there of the user, and of each folder; the rest are its own notes, which every run changes. */
const OF_USER = ['mcpServers', 'oauthAccount', 'primaryApiKey', 'customApiKeyResponses', 'env'];
const OF_FOLDER = [
  'mcpServers enabledMcpjsonServers disabledMcpjsonServers enabledMcpServers disabledMcpServers mcpContextUris',
  'allowedTools hasTrustDialogAccepted hasClaudeMdExternalIncludesApproved',
].flatMap((line) => line.split(' '));

function ofConfigFile(place: Place): unknown {
  const config = recordOf(parsedJson(textOf(configFile(place)) ?? ''));
  const projects = recordOf(config['projects']);
  const folders = foldersUp(realPathOf(place.cwd) ?? place.cwd).map((folder) => recordOf(projects[folder]));
  return [pick(config, OF_USER), ...folders.map((folder) => pick(folder, OF_FOLDER))];
}

/** What says nothing is as good as absent: claude writes that down in its first run in a folder. */
function pick(record: Readonly<Record<string, unknown>>, names: readonly string[]): unknown[] {
  return names
    .map((name) => record[name])
    .map((value) => (['false', '[]', '{}'].includes(JSON.stringify(value)) ? null : value));
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
