import { namedLayer, projectLayer, userLayer } from '../config/files.ts';
import { DEFAULT_IDLE_LIMITS } from '../config/idle-limits.ts';
import { ENVIRONMENT, type Layer, resolveSettings, type Setting, type Settings } from '../config/layers.ts';
import type { IdleLimits } from '../claude/patience.ts';
import type { Ceilings } from '../claude/options/ceilings.ts';
import type { ClaudeOptions } from '../claude/options/flags.ts';
import { FLAGS } from '../claude/options/flags.ts';
import type { OutputFormat } from '../config/options/output.ts';
import { MAX_CHARS, MAX_MESSAGES, PROMPT_LIMIT, RETRY_MAX_WAIT_MS, START_TIMEOUT_MS } from '../limits.ts';
import { MIN_CHARS } from '../stream/truncate.ts';
import { type DeclaredSecrets, declaredSecrets } from './declared-secrets.ts';
import type { Io } from './io.ts';
import type { Invocation } from './program.ts';

/** Puts together what was typed, the environment and the files. */
export async function loadSettings({ flags, config }: Invocation, { env, cwd }: Io): Promise<Settings> {
  const named = config ?? env['SLUICE_CONFIG'];
  const typed: Layer = { name: 'command line', kind: 'flags', values: flags };
  const files = [
    named === undefined || named === ''
      ? null
      : await namedLayer(config === undefined ? 'SLUICE_CONFIG' : '--config', named, cwd),
    await projectLayer(cwd),
    named === undefined || named === '' ? await userLayer(env) : null,
  ].filter((layer) => layer !== null);
  return resolveSettings([typed, ENVIRONMENT, ...files], env);
}

/** The resolved options, typed once; absent where nothing set them. */
export interface Resolved {
  readonly output: OutputFormat | undefined;
  readonly record: string | undefined;
  readonly bundle: string | undefined;
  readonly maxMessages: number;
  readonly maxChars: number;
  readonly systemMessages: boolean;
  readonly showThinking: boolean;
  readonly redact: boolean;
  readonly redactInput: boolean;
  readonly secrets: DeclaredSecrets;
  readonly color: string;
  readonly quiet: boolean;
  readonly file: readonly string[];
  readonly promptFile: string | undefined;
  readonly slash: boolean;
  readonly maxPrompt: number;
  readonly cwd: string | undefined;
  readonly timeout: number | undefined;
  readonly startTimeout: number;
  readonly idleTimeout: IdleLimits;
  readonly stdinTimeout: number | undefined;
  readonly retries: number | undefined;
  readonly retryMaxWait: number;
  readonly waitBackground: number;
  readonly keepBackground: boolean;
  readonly isolate: boolean;
  readonly failOnDenied: boolean;
  readonly ceilings: Ceilings;
  readonly claudePath: string | undefined;
  readonly layers: { readonly claudePath: string | undefined; readonly cwd: string | undefined };
  readonly claude: ClaudeOptions;
}

/** Reads settings into what the commands use. */
export function resolve(settings: Settings): Resolved {
  // Each value was parsed by its option's own parser, which is what gives it its type.
  const get = <Value>(name: string): Value | undefined => settings.get(name)?.value as Value | undefined;
  const full = get<boolean>('full') === true;
  const claude = Object.fromEntries(
    FLAGS.map(({ name }): [string, Setting | undefined] => [name, settings.get(name)])
      .filter(([, setting]) => setting !== undefined)
      .map(([name, setting]) => [name, setting?.value]),
  );
  return {
    output: get('output'),
    record: get('record'),
    bundle: get('bundle'),
    maxMessages: full ? Number.POSITIVE_INFINITY : (get('maxMessages') ?? MAX_MESSAGES),
    maxChars: full ? Number.POSITIVE_INFINITY : Math.max(MIN_CHARS, get('maxChars') ?? MAX_CHARS),
    systemMessages: get('noSystemMessages') !== true,
    showThinking: get('showThinking') === true,
    redact: get('noRedact') !== true,
    redactInput: get('redactInput') !== false,
    secrets: declaredSecrets(settings),
    color: get('color') ?? 'auto',
    quiet: get('quiet') === true,
    file: get('file') ?? [],
    promptFile: get('promptFile'),
    slash: get('slash') === true,
    maxPrompt: get('maxPrompt') ?? PROMPT_LIMIT,
    cwd: get('cwd'),
    timeout: get('timeout'),
    startTimeout: get('startTimeout') ?? START_TIMEOUT_MS,
    idleTimeout: { ...DEFAULT_IDLE_LIMITS, ...get<Partial<IdleLimits>>('idleTimeout') },
    stdinTimeout: get('stdinTimeout'),
    retries: get('retries'),
    retryMaxWait: get('retryMaxWait') ?? RETRY_MAX_WAIT_MS,
    waitBackground: get('waitBackground') ?? 0,
    keepBackground: get('keepBackground') === true,
    isolate: get('isolate') === true,
    failOnDenied: get('failOnDenied') === true,
    ceilings: {
      memory: get('maxMemory'),
      cpuTime: get('maxCpuTime'),
      processes: get('maxProcesses'),
      by: get('ceilingsBy'),
    },
    claudePath: get('claudePath'),
    layers: { claudePath: settings.get('claudePath')?.from, cwd: settings.get('cwd')?.from },
    claude,
  };
}
