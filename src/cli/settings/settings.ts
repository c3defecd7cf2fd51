import { namedLayer, projectLayer, userLayer } from '../../config/files.ts';
import { environmentLayer, type Layer, resolveSettings, type Settings } from '../../config/layers.ts';
import { whereOf } from '../../config/derived-names.ts';
import { checkRequest, type Origins } from '../../request/check-request.ts';
import { SluiceError } from '../../errors.ts';
import { ALL_RUN_OPTIONS } from '../../request/run-options.ts';
import type { RunRequest } from '../../request/run-request.ts';
import type { Io } from '../io.ts';
import type { ChosenTemplate } from './chosen-template.ts';
import type { Invocation } from '../program.ts';

/** Puts together what was typed, the environment, the template that was chosen, and the files. */
export async function loadSettings(
  { flags, config }: Invocation,
  { env, cwd }: Io,
  template: ChosenTemplate | null,
): Promise<Settings> {
  const named = config ?? env['SLUICE_CONFIG'];
  const typed: Layer = { name: 'command line', kind: 'flags', values: flags, folder: cwd };
  const files = [
    named === undefined || named === ''
      ? null
      : await namedLayer(config === undefined ? 'SLUICE_CONFIG' : '--config', named, cwd),
    await projectLayer(cwd),
    named === undefined || named === '' ? await userLayer(env) : null,
  ].filter((layer) => layer !== null);
  const chosen = template === null ? [] : [template.layer];
  return resolveSettings([typed, environmentLayer(cwd), ...chosen, ...files], env);
}

/** The settings that are left where some can't be used: flags and variables, flags alone, or none. */
export function settingsLeft({ flags }: Invocation, { env, cwd }: Io): Settings {
  const typed: Layer = { name: 'command line', kind: 'flags', values: flags, folder: cwd };
  for (const layers of [[typed, environmentLayer(cwd)], [typed]]) {
    try {
      return resolveSettings(layers, env);
    } catch (error) {
      if (!(error instanceof SluiceError)) throw error;
    }
  }
  return resolveSettings([], {});
}

/** What settings ask of a run; absent where nothing set it. */
export function requestOf(settings: Settings): RunRequest {
  const request = Object.fromEntries(setFields(settings).map(([name, { value }]) => [name, value]));
  checkRequest(request, originsOf(settings));
  return request;
}

/** Where the values of that request came from. */
export function originsOf(settings: Settings): Origins {
  return Object.fromEntries(setFields(settings).map(([name, { option, from }]) => [name, whereOf(option, from)]));
}

function setFields(settings: Settings) {
  return ALL_RUN_OPTIONS.flatMap(({ name }) => {
    const setting = settings.get(name);
    return setting === undefined || setting.from === 'default' ? [] : [[name, setting] as const];
  });
}
