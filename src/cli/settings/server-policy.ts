import { limitCommand, limitsOf } from '../../claude/start/resource-limits.ts';
import { read, type Settings } from '../../config/layers.ts';
import { OPTION } from '../../config/command-options/options.ts';
import type { Policy } from '../../servers/policy.ts';
import { fieldOf } from '../../request/caller-fields.ts';
import { defaultModeOf } from './server-policy/default-mode.ts';
import { operatorRequest } from './server-policy/operator-request.ts';
import { rootsOf } from './server-policy/roots.ts';
import { toolListOf } from './server-policy/tool-list.ts';
import { rejectUnfitOptions } from './server-policy/unfit-options.ts';
import { flagName } from './flag-name.ts';
import type { Io } from '../io.ts';
import { originsOf, requestOf } from './settings.ts';

/**
 * What the operator's settings allow to queries.
 * @throws SluiceError `usage` for what can't be served, naming the option and where it was set
 */
export function policyOf(settings: Settings, { cwd, env }: Pick<Io, 'cwd' | 'env'>): Policy {
  rejectUnfitOptions(settings);
  const request = requestOf(settings);
  // Here rather than at the first query.
  limitCommand(limitsOf(request), { path: env['PATH'], cwd, env });
  const modes = read(settings, OPTION.serverModes);
  const askTools = read(settings, OPTION.serverAskTools);
  const callbackHosts = read(settings, OPTION.serveCallbackHosts);
  return {
    roots: rootsOf({ roots: read(settings, OPTION.serverRoots), cwd: request.cwd }, cwd, settings),
    modes,
    models: read(settings, OPTION.serverModels) ?? null,
    tools: toolListOf(request, settings),
    ...(askTools === undefined ? {} : { askTools }),
    ...(callbackHosts === undefined
      ? {}
      : { callbacks: { hosts: callbackHosts, private: read(settings, OPTION.serveCallbackPrivate) === true } }),
    sandbox: read(settings, OPTION.serverSandbox) === true,
    env: read(settings, OPTION.serverEnv) ?? [],
    request: operatorRequest(request, defaultModeOf(request, modes, settings), settings),
    origins: originsOf(settings),
    // Callers say it in the fields of their requests, operators by flags.
    nameOption: (option, value) => fieldOf(option) ?? flagName(option, value),
  };
}
