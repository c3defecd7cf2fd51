import { EXTENSIONS } from '../../request/run-options/extensions.ts';
import { flagOf } from '../../request/flag.ts';
import type { RunRequest } from '../../request/run-request.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What becomes of the secret variables where claude's tools are to have none, each name in one of the lists. */
export interface Concealment {
  /** Claude does without. */
  readonly withheld: readonly string[];
  /** Claude reads them from a descriptor, so that they are in no environment. */
  readonly handed: readonly string[];
  /** Claude has them in its environment, and starts what it can without. */
  readonly covered: readonly string[];
}

/**
 * Credentials that claude also reads from a pipe, as the descriptor says that the variable names (2.1.197, 2.1.332). It
 * does so before it starts anything, and nothing is left in the pipe.
 */
export const DESCRIPTORS: ReadonlyMap<string, string> = new Map([
  ['ANTHROPIC_API_KEY', 'CLAUDE_CODE_API_KEY_FILE_DESCRIPTOR'],
  ['CLAUDE_CODE_OAUTH_TOKEN', 'CLAUDE_CODE_OAUTH_TOKEN_FILE_DESCRIPTOR'],
]);

/** What claude has for itself, and how it gets out of a network. */
const OWN = /^(?:ANTHROPIC|CLAUDE|OTEL)_|_PROXY$/i;

/** What signs in to a cloud that has the model, by the variable that says so. */
const CLOUDS: readonly (readonly [chosen: string, own: RegExp])[] = [
  ['CLAUDE_CODE_USE_BEDROCK', /^AWS_/],
  ['CLAUDE_CODE_USE_VERTEX', /^(?:GOOGLE|GCLOUD|CLOUDSDK)_/],
  ['CLAUDE_CODE_USE_FOUNDRY', /^AZURE_/],
];

/**
 * Where each secret variable goes.
 * @param secrets the names of those that hold a secret
 */
export function concealmentOf(
  env: Environment,
  secrets: readonly string[],
  { bare, passThrough = [] }: Pick<RunRequest, 'bare' | 'passThrough'>,
): Concealment {
  const clouds = CLOUDS.filter(([chosen]) => isOn(env[chosen]));
  const isOwn = (name: string): boolean => OWN.test(name) || clouds.some(([, own]) => own.test(name));
  const ways = ['ANTHROPIC_AUTH_TOKEN', ...DESCRIPTORS.keys()].filter((name) => Boolean(env[name]));
  // Of several, claude may leave one in its pipe for others to read. A bare one looks at variables alone (2.1.197, 2.1.332).
  const isBare = bare === true || passThrough.includes(flagOf(EXTENSIONS.bare));
  const canHand = ways.length === 1 && !isBare && !Object.keys(env).some(isProvider(env));
  const isHanded = (name: string): boolean => canHand && DESCRIPTORS.has(name);
  return {
    withheld: secrets.filter((name) => !isOwn(name)),
    handed: secrets.filter((name) => isOwn(name) && isHanded(name)),
    covered: secrets.filter((name) => isOwn(name) && !isHanded(name)),
  };
}

function isProvider(env: Environment): (name: string) => boolean {
  return (name) => name.startsWith('CLAUDE_CODE_USE_') && isOn(env[name]);
}

/** As claude reads its switches. */
function isOn(value: string | undefined): boolean {
  return /^(?:1|true|yes|on)$/i.test(value?.trim() ?? '');
}
