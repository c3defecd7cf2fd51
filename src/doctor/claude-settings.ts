import { join } from 'node:path';
import { configFolder } from '../claude/start/config-folder.ts';
import { isRecord } from '../is-record.ts';
import { type JsonFile, readJsonFile } from './json-file.ts';
import type { Setup } from './setup.ts';

/** A settings file of claude's, the one that wins last. */
export type SettingsFile = JsonFile & {
  /** Whose it is, in words. */
  readonly layer: string;
};

/** Where organisations put theirs (2.1.197, 2.1.332). */
const MANAGED: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  linux: '/etc/claude-code/managed-settings.json',
  darwin: '/Library/Application Support/ClaudeCode/managed-settings.json',
  win32: String.raw`C:\ProgramData\ClaudeCode\managed-settings.json`,
};

/** The settings files of claude that there are, from the one that yields to the one that wins. */
export function claudeSettings(setup: Setup): SettingsFile[] {
  const { cwd } = setup;
  const managed = MANAGED[process.platform];
  const files: readonly (readonly [path: string, layer: string])[] = [
    [join(configFolder(setup), 'settings.json'), "the user's"],
    [join(cwd, '.claude', 'settings.json'), "the project's"],
    [join(cwd, '.claude', 'settings.local.json'), "the project's, local"],
    ...(managed === undefined ? [] : [[managed, "the organisation's"] as const]),
  ];
  return files.flatMap(([path, layer]): SettingsFile[] => {
    const file = readJsonFile(path);
    return file === null ? [] : [{ ...file, layer }];
  });
}

/** The variables that a settings file sets for claude: they win over the environment (2.1.197, 2.1.332). */
export function variablesIn({ values }: SettingsFile): Readonly<Record<string, unknown>> {
  const variables = values?.['env'];
  return isRecord(variables) ? variables : {};
}
