import { SluiceError } from '../errors.ts';
import { isLoopback } from '../system/loopback.ts';

/** A proxy that is between us and a server. */
export interface Proxy {
  /** With the name and password that it wants, if any. */
  readonly url: URL;
  /** The variable that names it. */
  readonly variable: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const NAMES = { 'https:': ['https_proxy', 'HTTPS_PROXY'], 'http:': ['http_proxy', 'HTTP_PROXY'] } as const;
const FOR_ALL = ['all_proxy', 'ALL_PROXY'] as const;
const SPARED = ['no_proxy', 'NO_PROXY'] as const;

const SCHEMES = ['http:', 'https:', 'socks5:'];

/**
 * The proxy that the environment names for a server, as curl reads it, and in capitals too; null where there is none. Nothing on
 * this machine is asked through one, which could not reach it.
 * @throws SluiceError `usage` for an address that is none, or of an unknown kind of proxy
 */
export function proxyFor({ protocol, hostname, port }: URL, env: Environment): Proxy | null {
  const names = protocol === 'https:' || protocol === 'http:' ? [...NAMES[protocol], ...FOR_ALL] : [];
  const variable = names.find((name) => isSet(env[name]));
  if (variable === undefined || isLoopback(hostname)) return null;
  if (isSpared(hostname, port === '' ? (protocol === 'https:' ? '443' : '80') : port, env)) return null;
  const given = env[variable] ?? '';
  const address = given.includes('://') ? given : `http://${given}`;
  if (URL.canParse(address)) {
    const url = new URL(address);
    if (SCHEMES.includes(url.protocol) && isEncoded(url)) return { url, variable };
  }
  // It may hold a password.
  throw new SluiceError(
    'usage',
    `${variable}: this is no address of a proxy, such as http://proxy.example.com:3128, with a % in a password as %25`,
  );
}

/** Whether the name and password can be decoded. */
function isEncoded({ username, password }: URL): boolean {
  try {
    decodeURIComponent(`${username}:${password}`);
    return true;
  } catch {
    return false;
  }
}

function isSpared(hostname: string, port: string, env: Environment): boolean {
  const variable = SPARED.find((name) => isSet(env[name]));
  const entries = (variable === undefined ? '' : (env[variable] ?? '')).toLowerCase().split(/[\s,]+/);
  return entries.some((entry) => {
    const [, name = '', only] = /^(?:\*?\.)?(.*?)(?::(\d+))?$/.exec(entry) ?? [];
    if (entry === '*') return true;
    if (name === '' || (only !== undefined && only !== port)) return false;
    return hostname === name || hostname.endsWith(`.${name}`);
  });
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
