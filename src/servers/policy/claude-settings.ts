import { basename, delimiter, dirname, isAbsolute, join } from 'node:path';
import { configFolder, homeOf } from '../../claude/start/config-folder.ts';
import { isWithin } from '../../system/is-within.ts';
import { temporaryFolders } from '../../system/private-folder.ts';
import { realPathOf } from '../../system/real-path.ts';
import type { Policy } from '../policy.ts';
import { areNamesPublic, confine, lastingRules, type Permissions, type Territory } from './confinement.ts';
import { filePermissionOf, type ToolRule } from '../../request/narrowing/tool-rule.ts';

/** What the settings of one query depend on. */
export interface SettingsInput {
  readonly policy: Policy;
  readonly rules: readonly ToolRule[];
  readonly cwd: string;
  readonly mode: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Modes in which claude asks before a file tool leaves the working folder, in every version. */
const ASKING_MODES = ['default', 'manual', 'dontAsk', 'acceptEdits'];

/** The private folders of runs, as a pattern; see `system/folder-name.ts`. */
const RUN_FOLDERS = `sluice-*-*-*-${'?'.repeat(16)}`;

/**
 * Commands in claude's own sandbox, none outside, and no run without one. A command is permitted by its rule all the
 * same.
 */
const SANDBOX = {
  enabled: true,
  failIfUnavailable: true,
  allowUnsandboxedCommands: false,
  autoAllowBashIfSandboxed: false,
  excludedCommands: [],
};

const SYSTEM_FOLDERS = [
  '/bin /dev /etc /lib /lib32 /lib64 /libx32 /nix /opt /proc /run /sbin /sys /usr',
  '/Applications /Library /System /private /var',
].flatMap((line) => line.split(' '));

/** The settings that a query's claude is started with: the operator's own, and what keeps it within the policy. */
export function claudeSettings(input: SettingsInput): Readonly<Record<string, unknown>> {
  return settingsWith(confine, input);
}

/** Whether these settings name nothing that anybody on the machine may not see. */
export function areSettingsPublic(input: SettingsInput): boolean {
  return areNamesPublic(territoryOf(input));
}

/**
 * What tells these settings from others, as a text. What lies beside the roots is no part of it: as in a run that takes
 * its time, what comes to lie there later is for claude to judge.
 */
export function settingsKey(input: SettingsInput): string {
  return JSON.stringify(settingsWith(lastingRules, input));
}

function settingsWith(rulesFor: typeof confine, input: SettingsInput): Readonly<Record<string, unknown>> {
  const { policy } = input;
  const own = policy.request.settings ?? {};
  const { allow, deny } = permissionsOf(rulesFor, input);
  const permissions = asRecord(own['permissions']);
  return {
    // Else what claude remembers of one caller's query would be told to the next caller.
    autoMemoryEnabled: false,
    ...own,
    permissions: {
      ...permissions,
      allow: [...asList(permissions['allow']), ...allow],
      deny: [...asList(permissions['deny']), ...deny],
    },
    ...(policy.sandbox ? { sandbox: { ...asRecord(own['sandbox']), ...SANDBOX } } : {}),
  };
}

function permissionsOf(rulesFor: typeof confine, input: SettingsInput): Permissions {
  const whole = input.rules.filter(({ content }) => content === null).map(({ tool }) => filePermissionOf(tool));
  return rulesFor(
    territoryOf(input),
    (['Read', 'Edit'] as const).filter((name) => whole.includes(name)),
  );
}

function territoryOf(input: SettingsInput): Territory {
  const { policy, mode } = input;
  const asks = ASKING_MODES.includes(mode);
  return {
    roots: policy.roots,
    // In the sandbox, commands too would be kept from their own temporary files.
    passages: policy.sandbox || asks ? temporaryFolders().map(realAsFar) : [],
    spared: policy.sandbox ? programPlaces(input) : [],
    byName: policy.sandbox,
    barred: [
      ...ownPlaces(input),
      ...(asks ? [] : temporaryFolders().map((folder) => join(realAsFar(folder), RUN_FOLDERS))),
    ],
  };
}

/**
 * Where claude keeps the sessions of all who ask, what it remembers and its login. Of these it permits some by itself, as
 * they come. The folder of a run's own sessions is named, too: 2.1.197's Glob heeds a rule for the very folder alone.
 */
function ownPlaces({ policy: { roots }, cwd, env }: SettingsInput): string[] {
  const config = realAsFar(configFolder({ env, cwd }));
  const projects = join(config, 'projects');
  const own = join(projects, cwd.replaceAll(/[^a-zA-Z0-9]/g, '-'));
  return [...(roots.some((root) => isWithin(root, [config])) ? [] : [config]), projects, own];
}

/** Of what is not there yet, as far as it is: what comes to be there has no links in it. */
function realAsFar(path: string): string {
  const parent = dirname(path);
  return realPathOf(path) ?? (parent === path ? path : join(realAsFar(parent), basename(path)));
}

/**
 * What is denied to file tools is not there at all in claude's sandbox, and no command runs without these: what `PATH`
 * names, with what lies beside it, unless that is the whole home.
 */
function programPlaces({ env }: SettingsInput): string[] {
  const folders = (env['PATH'] ?? '').split(delimiter).filter(isAbsolute);
  const home = homeOf(env);
  return [
    ...SYSTEM_FOLDERS,
    ...folders.map((folder) => (isWithin(home, [dirname(folder)]) ? folder : dirname(folder))),
  ];
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
