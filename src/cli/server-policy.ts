import { resolve as resolvePath } from 'node:path';
import { ceilingCommand } from '../claude/options/ceilings.ts';
import type { Settings } from '../config/layers.ts';
import type { Policy } from '../servers/policy.ts';
import { claudeOptionsOf } from './server-policy/claude-options.ts';
import { defaultModeOf } from './server-policy/default-mode.ts';
import { rootsOf } from './server-policy/roots.ts';
import { named, toolListOf } from './server-policy/tool-list.ts';
import { rejectUnfitOptions } from './server-policy/unfit-options.ts';
import type { Io } from './io.ts';
import type { ServerSettings } from './server-settings.ts';
import type { Resolved } from './settings.ts';

const MAX_TURNS = 50;
const TIMEOUT_MS = 5 * 60_000;

/**
 * What the operator's settings allow to queries.
 * @throws SluiceError `usage` for what can't be served, naming the option and where it was set
 */
export function policyOf(
  options: Resolved,
  server: ServerSettings,
  { cwd, env }: Pick<Io, 'cwd' | 'env'>,
  settings: Settings,
): Policy {
  rejectUnfitOptions(settings);
  const { claude, ceilings, claudePath } = options;
  // Here rather than at the first query.
  ceilingCommand(ceilings, { path: env['PATH'], cwd, env });
  return {
    roots: rootsOf({ roots: server.roots, cwd: options.cwd }, cwd, settings),
    modes: server.modes,
    defaultMode: defaultModeOf(claude, server.modes, settings),
    models: server.models ?? null,
    tools: toolListOf(claude, settings),
    disallowedTools: named(claude.disallowedTools ?? []),
    maxTurns: Number(claude.maxTurns ?? MAX_TURNS),
    maxBudgetUsd: claude.maxBudgetUsd === undefined ? null : Number(claude.maxBudgetUsd),
    timeoutMs: options.timeout ?? TIMEOUT_MS,
    maxPrompt: options.maxPrompt,
    sandbox: server.sandbox,
    ceilings,
    env: server.env,
    claude: claudeOptionsOf(claude, cwd, settings),
    run: {
      startTimeout: options.startTimeout,
      idleTimeout: options.idleTimeout,
      waitBackground: options.waitBackground,
      isolate: options.isolate,
      ...(options.retries === undefined ? {} : { retries: options.retries }),
      retryMaxWait: options.retryMaxWait,
      maxChars: options.maxChars,
      // A prompt is an instruction: it goes as it is, unless the operator says otherwise.
      redactInput: options.redactInput && settings.get('redactInput')?.from !== 'default',
      failOnDenied: options.failOnDenied,
      ...(claudePath === undefined ? {} : { claudePath: resolvePath(cwd, claudePath) }),
      layers: { claudePath: options.layers.claudePath },
    },
  };
}
