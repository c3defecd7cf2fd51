import { claudeSettings, type SettingsFile, variablesIn } from '../claude-settings.ts';
import { shellWord } from '../../shell-word.ts';
import type { Finding } from '../finding.ts';
import type { Setup } from '../setup.ts';

/** Claude's settings files, what they set, and what of the environment they override. */
export function checkSettings(setup: Setup): Finding[] {
  const files = claudeSettings(setup);
  if (files.length === 0) return [{ level: 'ok', what: 'claude has no settings files here' }];
  return files.flatMap((file) => [summaryOf(file), ...overridden(file, setup), ...permissive(file)]);
}

function summaryOf(file: SettingsFile): Finding {
  const { path, layer, values } = file;
  if (values === null) {
    return {
      level: 'warning',
      what: `${path} (${layer}) can't be used: ${file.flaw}`,
      why: 'claude goes on without it, and so without its permissions, hooks and variables',
      fix: `jq . ${shellWord(path)}`,
    };
  }
  const keys = Object.keys(values).filter((key) => key !== '$schema');
  const set = keys.length === 0 ? 'nothing' : keys.join(', ');
  return { level: 'ok', what: `${path} (${layer}) sets ${set}` };
}

function overridden(file: SettingsFile, { env }: Setup): Finding[] {
  const names = Object.entries(variablesIn(file)).flatMap(([name, value]) =>
    env[name] !== undefined && env[name] !== value ? [name] : [],
  );
  if (names.length === 0) return [];
  return [
    {
      level: 'warning',
      what: `"env" in ${file.path} overrides what the environment has: ${names.join(', ')}`,
      why: "claude takes the file's value, whatever a shell or a CI job exports",
      fix: 'sluice --setting-sources= …, which reads no settings files; or take it out of the file',
    },
  ];
}

function permissive({ path, layer, values }: SettingsFile): Finding[] {
  const permissions: unknown = values?.['permissions'];
  const mode: unknown =
    typeof permissions === 'object' && permissions !== null ? Reflect.get(permissions, 'defaultMode') : null;
  if (mode !== 'bypassPermissions') return [];
  return [
    {
      level: 'warning',
      what: `${path} (${layer}) has all tools run without asking: permissions.defaultMode is bypassPermissions`,
      why: 'each run here may do whatever its user may do, also what a hostile text talks it into',
      fix: 'sluice --permission-mode default …',
    },
  ];
}
