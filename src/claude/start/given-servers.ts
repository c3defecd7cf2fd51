import { statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { MCP_CONFIG, type GivenServer } from '../../outcome/server-warnings.ts';
import { parsedJson } from '../../parsed-json.ts';
import type { ClaudeOptions } from '../../request/run-options.ts';
import type { Json } from '../../request/kinds/json.ts';
import { foldersUp } from '../../system/folders-up.ts';
import { configFile, type Place } from './config-folder.ts';
import { readText } from './read-json.ts';
import { repeatedNames } from './repeated-names.ts';

/**
 * The MCP servers that a run is given: by `--mcp-config`, by the `.mcp.json` of its folder and of those around it, and by
 * the user's own configuration. What can't be read is left out: claude itself complains about that.
 */
export function givenServers(options: ClaudeOptions, place: Place): GivenServer[] {
  return [...byFlag(options), ...serverFiles(options, place).flatMap((file) => byFile(file, place.cwd))];
}

function byFlag({ mcpConfig, safeMode }: ClaudeOptions): GivenServer[] {
  const texts = mcpConfig === undefined ? [] : [mcpConfig].flat().map(textOf);
  const entries = texts.flatMap(entriesOf);
  const repeated = texts.flatMap(repeatedNames);
  const names = entries.map(([name]) => name);
  return [...new Map(entries)].map(([name, entry]) => ({
    name,
    by: MCP_CONFIG,
    flaw: safeMode === true ? 'safe mode loads none' : flawOf(entry),
    isRepeated: repeated.includes(name) || names.indexOf(name) !== names.lastIndexOf(name),
  }));
}

function byFile(file: string, cwd: string): GivenServer[] {
  const text = textOf(file);
  const entries = entriesOf(text);
  // To look through all of it takes longer than to parse it, and the user's own grows with use.
  const repeated = entries.length === 0 ? [] : repeatedNames(text);
  return entries.map(([name, entry]) => ({
    name,
    by: basename(file) === '.mcp.json' ? relative(cwd, file) : file,
    flaw: flawOf(entry),
    isRepeated: repeated.includes(name),
  }));
}

/** Larger ones are not looked through: the user's grows with use. */
const MOST_READ = 1024 * 1024;

/** The files that name servers, of those that claude reads. */
export function serverFiles(
  { strictMcpConfig, bare, safeMode, settingSources = 'user,project' }: ClaudeOptions,
  place: Place,
): string[] {
  if (strictMcpConfig === true || bare === true || safeMode === true) return [];
  const files = [
    ...(/\bproject\b/.test(settingSources) ? foldersUp(place.cwd).map((folder) => join(folder, '.mcp.json')) : []),
    ...(/\buser\b/.test(settingSources) ? [configFile(place)] : []),
  ];
  return files.filter((file) => sizeOf(file) <= MOST_READ);
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

function textOf(value: Json): string {
  try {
    return readText(value);
  } catch {
    return '';
  }
}

function entriesOf(text: string): [string, unknown][] {
  const { mcpServers }: { mcpServers?: unknown } = Object(parsedJson(text));
  return typeof mcpServers === 'object' && mcpServers !== null ? Object.entries(mcpServers) : [];
}

const REMOTE = ['http', 'sse', 'ws', 'streamable-http'];

/** Those of hosts that speak for a server are among them. */
const TYPES = ['stdio', ...REMOTE, 'sdk', 'sse-ide', 'ws-ide', 'claudeai-proxy'];

/** Why claude ignores an entry (2.1.197 without a word), or null. */
function flawOf(entry: unknown): string | null {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return 'it is no object';
  const { type, url, command, args }: Readonly<Record<string, unknown>> = { ...entry };
  if (type === undefined && url !== undefined && command === undefined) {
    return 'it has a "url" and no "type"; add "type": "http", or "sse"';
  }
  if (type === undefined || type === 'stdio') {
    if (typeof command !== 'string') return 'it has no "command"';
    return args === undefined || Array.isArray(args) ? null : 'its "args" are no list';
  }
  if (typeof type !== 'string' || !TYPES.includes(type)) return `its type ${JSON.stringify(type)} is unknown`;
  return REMOTE.includes(type) && typeof url !== 'string' ? 'it has no "url"' : null;
}
