import { statSync } from 'node:fs';
import { join } from 'node:path';
import { probeProgram } from '../../claude/probe-program.ts';
import { configFolder } from '../../claude/start/config-folder.ts';
import { reasonOf } from '../../errors.ts';
import { isRecord } from '../../is-record.ts';
import { parsedJson } from '../../parsed-json.ts';
import { claudeSettings, variablesIn } from '../claude-settings.ts';
import type { Finding } from '../finding.ts';
import { type Setup, textOf, valueOf } from '../setup.ts';
import { definedIn } from '../variables.ts';

const SETUP_TOKEN = 'claude setup-token, then export CLAUDE_CODE_OAUTH_TOKEN=…';

/** Clouds that a variable switches on, in place of every other way in. */
const CLOUDS: readonly (readonly [variable: string, name: string, test: string])[] = [
  ['CLAUDE_CODE_USE_BEDROCK', 'Amazon Bedrock', 'aws sts get-caller-identity'],
  [
    'CLAUDE_CODE_USE_VERTEX',
    'Google Vertex AI',
    'gcloud auth application-default print-access-token >/dev/null && echo fine',
  ],
  ['CLAUDE_CODE_USE_FOUNDRY', 'Microsoft Foundry', 'az account show'],
];

/** Variables that hold a key or a token. */
const CREDENTIALS = ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN', 'CLAUDE_CODE_OAUTH_TOKEN'];

/**
 * By which way claude would be let in, as far as that can be seen without a request: what is there may have expired.
 * What claude says of itself (`auth status`, 2.1.197 and 2.1.332) goes before what we see.
 */
export async function checkLogin(setup: Setup): Promise<Finding[]> {
  const login = kept(setup);
  const cloud = CLOUDS.find(([variable]) => isOn(valueOf(setup, variable)));
  return [
    await wayIn(setup, login, cloud),
    ...(cloud === undefined ? twoWays(setup, login) : []),
    ...fromSettings(setup),
    ...CREDENTIALS.flatMap((name) => malformed(setup, name)),
    ...login.flaws,
  ];
}

async function wayIn(setup: Setup, login: Kept, cloud: (typeof CLOUDS)[number] | undefined): Promise<Finding> {
  if (cloud !== undefined) {
    const [variable, name, test] = cloud;
    return {
      level: 'ok',
      what: `${name}, switched on by ${variable}; whether it lets claude in, --probe tells`,
      fix: test,
    };
  }
  const said = await statusOf(setup);
  const source = sourceOf(setup, login, said);
  if (source !== null) return { level: 'ok', what: `${source}; whether it is still good, --probe tells` };
  return {
    level: said?.['loggedIn'] === false || process.platform !== 'darwin' ? 'error' : 'warning',
    what: 'there is no key and no login for this user and this HOME',
    why: 'each run would end as auth, exit code 4; cron, systemd and sudo often have another HOME',
    fix: `${SETUP_TOKEN}; or export ANTHROPIC_API_KEY=…`,
  };
}

/** What claude itself says; null where it does not know the question, or there is no claude. */
async function statusOf({ claude, env, cwd }: Setup): Promise<Readonly<Record<string, unknown>> | null> {
  if (typeof claude !== 'string') return null;
  const text = await probeProgram({ path: claude, env: definedIn(env), cwd }, ['auth', 'status']);
  const status = parsedJson(text);
  return isRecord(status) && 'loggedIn' in status ? status : null;
}

/** In words, which one of several is used. */
function sourceOf(setup: Setup, login: Kept, said: Readonly<Record<string, unknown>> | null): string | null {
  if (said?.['loggedIn'] === false) return null;
  if (said?.['apiKeySource'] === 'apiKeyHelper') return "an API key, from apiKeyHelper in claude's settings";
  if (valueOf(setup, 'ANTHROPIC_API_KEY') !== undefined) return 'an API key, from ANTHROPIC_API_KEY';
  if (valueOf(setup, 'ANTHROPIC_AUTH_TOKEN') !== undefined) return 'a bearer token, from ANTHROPIC_AUTH_TOKEN';
  if (valueOf(setup, 'CLAUDE_CODE_OAUTH_TOKEN') !== undefined)
    return "a subscription's token, from CLAUDE_CODE_OAUTH_TOKEN";
  if (login.subscription !== null) return `a login, kept in ${login.file}${login.subscription}`;
  if (said?.['loggedIn'] === true) return `a way that claude calls ${String(said['authMethod'])}`;
  return null;
}

/** The login that claude keeps in a file. */
interface Kept {
  readonly file: string;
  /** In brackets what kind of subscription, or empty; null where there is no login. */
  readonly subscription: string | null;
  readonly flaws: readonly Finding[];
}

function kept(setup: Setup): Kept {
  const file = join(configFolder(setup), '.credentials.json');
  try {
    const text = textOf(file);
    if (text === null) return { file, subscription: null, flaws: [] };
    const all: unknown = JSON.parse(text);
    const login = isRecord(all) ? all['claudeAiOauth'] : null;
    if (!isRecord(login)) return { file, subscription: null, flaws: readableByOthers(file) };
    const kind = login['subscriptionType'];
    return {
      file,
      subscription: typeof kind === 'string' ? ` (${kind})` : '',
      flaws: [...readableByOthers(file), ...expired(login, file)],
    };
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'it is not valid JSON' : reasonOf(error);
    const flaw: Finding = {
      level: 'warning',
      what: `the login in ${file} can't be read: ${reason}`,
      fix: 'claude auth login',
    };
    return { file, subscription: null, flaws: [flaw] };
  }
}

function expired(login: Readonly<Record<string, unknown>>, file: string): Finding[] {
  const { expiresAt, refreshToken } = login;
  const renews = typeof refreshToken === 'string' && refreshToken !== '';
  if (renews || typeof expiresAt !== 'number' || expiresAt > Date.now()) return [];
  return [
    {
      level: 'warning',
      what: `the login in ${file} expired at ${new Date(expiresAt).toISOString()}, and there is nothing to renew it with`,
      fix: 'claude auth login',
    },
  ];
}

function readableByOthers(file: string): Finding[] {
  if (process.platform === 'win32' || (statSync(file).mode & 0o077) === 0) return [];
  return [
    {
      level: 'warning',
      what: `${file} can be read by others on this machine`,
      why: 'whoever has it is let in as you',
      fix: `chmod 600 ${file}`,
    },
  ];
}

function twoWays(setup: Setup, { subscription, file }: Kept): Finding[] {
  const hasToken = valueOf(setup, 'CLAUDE_CODE_OAUTH_TOKEN') !== undefined;
  if (valueOf(setup, 'ANTHROPIC_API_KEY') === undefined || (subscription === null && !hasToken)) return [];
  return [
    {
      level: 'warning',
      what: `ANTHROPIC_API_KEY is used, although there is a subscription (${hasToken ? 'CLAUDE_CODE_OAUTH_TOKEN' : file})`,
      why: 'the key is billed for each run, and the subscription is not used',
      fix: 'env -u ANTHROPIC_API_KEY sluice …',
    },
  ];
}

/** Keys in settings files win over the environment. */
function fromSettings(setup: Setup): Finding[] {
  return claudeSettings(setup).flatMap((file): Finding[] => {
    const names = CREDENTIALS.filter((name) => name in variablesIn(file));
    const hasHelper = file.values !== null && 'apiKeyHelper' in file.values;
    if (names.length === 0 && !hasHelper) return [];
    return [
      {
        level: 'note',
        what: `${file.path} (${file.layer}) sets ${[...names, ...(hasHelper ? ['apiKeyHelper'] : [])].join(', ')}`,
        why: 'claude uses that in place of what the environment has',
        fix: 'sluice --setting-sources= …, which reads no settings files',
      },
    ];
  });
}

function malformed(setup: Setup, name: string): Finding[] {
  const value = valueOf(setup, name);
  if (value === undefined || !/^\s|\s$|^["']|["']$/.test(value)) return [];
  return [
    {
      level: 'warning',
      what: `${name} begins or ends with a blank, a line break or a quotation mark`,
      why: 'it was most likely not meant to be part of it, and the API would refuse it',
      fix: `export ${name}=…, without it`,
    },
  ];
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && !/^(?:0|false|no|off)$/i.test(value);
}
