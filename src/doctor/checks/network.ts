import { existsSync } from 'node:fs';
import { isLoopback } from '../../system/loopback.ts';
import type { Finding } from '../finding.ts';
import { type Setup, valueOf } from '../setup.ts';

const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];

/** What stands between claude and the API: proxies, certificates, another address. Nothing is connected to. */
export function checkNetwork(setup: Setup): Finding[] {
  const findings = [...proxies(setup), ...certificates(setup), ...address(setup)];
  return findings.length === 0
    ? [{ level: 'ok', what: 'no proxy, no certificates of its own, no other address of the API' }]
    : findings;
}

function proxies(setup: Setup): Finding[] {
  return PROXIES.flatMap((name): Finding[] => {
    const value = valueOf(setup, name);
    if (value === undefined) return [];
    const url = parsed(/^\w+:\/\//.test(value) ? value : `http://${value}`);
    if (url === null)
      return [
        {
          level: 'error',
          what: `${name} is no URL`,
          why: 'claude reaches nothing through it',
          fix: `export ${name}=http://HOST:PORT`,
        },
      ];
    if (url.protocol.startsWith('socks'))
      return [
        {
          level: 'error',
          what: `${name} names a SOCKS proxy, which claude can't use`,
          fix: `export ${name}=http://HOST:PORT`,
        },
      ];
    return [{ level: 'note', what: `claude goes through the proxy at ${url.host} (${name})` }];
  });
}

function certificates(setup: Setup): Finding[] {
  const file = valueOf(setup, 'NODE_EXTRA_CA_CERTS');
  const missing: Finding[] =
    file === undefined || existsSync(file)
      ? []
      : [
          {
            level: 'error',
            what: `NODE_EXTRA_CA_CERTS names ${file}, which is not there`,
            why: 'behind a proxy that inspects TLS, each connection is refused without it',
            fix: 'export NODE_EXTRA_CA_CERTS=FILE.pem',
          },
        ];
  if (valueOf(setup, 'NODE_TLS_REJECT_UNAUTHORIZED') !== '0') return missing;
  return [
    ...missing,
    {
      level: 'warning',
      what: 'NODE_TLS_REJECT_UNAUTHORIZED=0 switches the check of certificates off',
      why: 'whoever sits on the way can read the key, the prompt and the answer',
      fix: 'unset NODE_TLS_REJECT_UNAUTHORIZED; export NODE_EXTRA_CA_CERTS=FILE.pem',
    },
  ];
}

function address(setup: Setup): Finding[] {
  const value = valueOf(setup, 'ANTHROPIC_BASE_URL');
  if (value === undefined) return [];
  const url = parsed(value);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return [
      {
        level: 'error',
        what: 'ANTHROPIC_BASE_URL is no URL of http or https',
        fix: 'export ANTHROPIC_BASE_URL=https://HOST',
      },
    ];
  }
  const isLocal = isLoopback(url.hostname);
  const named: Finding = { level: 'note', what: `the API is at ${url.host} (ANTHROPIC_BASE_URL)` };
  const open: Finding = {
    level: 'warning',
    what: `ANTHROPIC_BASE_URL goes to ${url.host} without encryption`,
    why: 'the key, the prompt and the answer can be read on the way',
    fix: `export ANTHROPIC_BASE_URL=https://${url.host}`,
  };
  return url.protocol === 'http:' && !isLocal ? [named, open] : [named, ...shadowed(setup, url, isLocal)];
}

/** A proxy can't reach what is on this machine. */
function shadowed(setup: Setup, { hostname }: URL, isLocal: boolean): Finding[] {
  const hasProxy = PROXIES.some((name) => valueOf(setup, name) !== undefined);
  const spared = (valueOf(setup, 'NO_PROXY') ?? valueOf(setup, 'no_proxy') ?? '').split(/[\s,]+/);
  if (!isLocal || !hasProxy || spared.includes(hostname) || spared.includes('*')) return [];
  return [
    {
      level: 'warning',
      what: `the API is on this machine, and a proxy is set that NO_PROXY does not keep ${hostname} from`,
      why: 'the proxy would look for it on its own machine',
      fix: `export NO_PROXY=${[...spared.filter((name) => name !== ''), hostname].join(',')}`,
    },
  ];
}

function parsed(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
