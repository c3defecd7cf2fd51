import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { temporaryFolders } from '../../system/private-folder.ts';
import type { Policy } from '../policy.ts';
import { confine, type Permissions } from './confinement.ts';
import { isWithin } from './folder.ts';
import { filePermissionOf, type ToolRule } from './tool-rule.ts';

/** What the settings of one query depend on. */
export interface SettingsInput {
  readonly policy: Policy;
  readonly rules: readonly ToolRule[];
  readonly cwd: string;
  readonly mode: string;
  /** The session that is resumed. */
  readonly session: string | undefined;
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
  const { policy } = input;
  const own = policy.claude.settings ?? {};
  const { allow, deny } = permissionsOf(input);
  const permissions = asRecord(own['permissions']);
  return {
    ...own,
    permissions: {
      ...permissions,
      allow: [...asList(permissions['allow']), ...allow],
      deny: [...asList(permissions['deny']), ...deny],
    },
    ...(policy.sandbox ? { sandbox: { ...asRecord(own['sandbox']), ...SANDBOX } } : {}),
  };
}

function permissionsOf(input: SettingsInput): Permissions {
  const { policy, rules, mode } = input;
  const whole = rules.filter(({ content }) => content === null).map(({ tool }) => filePermissionOf(tool));
  // In the sandbox, commands too would be kept from their own temporary files.
  const opensPassages = policy.sandbox || ASKING_MODES.includes(mode);
  return confine(
    {
      roots: policy.roots,
      passages: opensPassages ? [...temporaryFolders(), projectOf(input)].map(realPathOf) : [],
      spared: [...(opensPassages ? resumedIn(input) : []), ...(policy.sandbox ? programPlaces(input) : [])],
      barred: opensPassages ? [] : temporaryFolders().map((folder) => join(realPathOf(folder), RUN_FOLDERS)),
    },
    (['Read', 'Edit'] as const).filter((name) => whole.includes(name)),
  );
}

/** Where claude keeps the sessions of a folder, and puts what a tool printed at length, to read it from there. */
function projectOf({ cwd, env }: SettingsInput): string {
  const config = env['CLAUDE_CONFIG_DIR'] || join(homeOf(env), '.claude');
  return join(config, 'projects', cwd.replaceAll(/[^a-zA-Z0-9]/g, '-'));
}

function resumedIn(input: SettingsInput): string[] {
  return input.session === undefined ? [] : [join(realPathOf(projectOf(input)), input.session)];
}

function homeOf(env: SettingsInput['env']): string {
  return env['HOME'] || homedir();
}

/** What is not there yet has no links in it. */
function realPathOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
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
