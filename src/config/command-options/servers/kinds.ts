import { isIP } from 'node:net';
import { type Kind, kindOf } from '../../../request/kinds/kind.ts';
import { listOf, names } from '../../../request/kinds/lists.ts';
import { count } from '../../../request/kinds/numbers.ts';
import { name } from '../../../request/kinds/texts.ts';

/** A TCP port; 0 for any that is free. */
export const port: Kind<number> = kindOf({
  parse(value) {
    const parsed = count.parse(value);
    if (parsed > 65_535) throw new Error('a port from 0 to 65535');
    return parsed;
  },
  expected: 'a port from 0 to 65535',
  schema: { type: 'integer', minimum: 0, maximum: 65_535 },
});

export const portOrOff: Kind<number | 'off'> = kindOf<number | 'off'>({
  parse: (value) => (value === 'off' || value === false ? 'off' : port.parse(value)),
  expected: "a port from 0 to 65535, or 'off'",
  schema: { anyOf: [port.schema, { type: 'string', enum: ['off'] }] },
});

/** False for off. */
export const nameOrOff: Kind<string | false> = kindOf<string | false>({
  parse: (value) => (value === 'off' || value === false ? false : name.parse(value)),
  expected: "the path of a folder, or 'off'",
  schema: { anyOf: [name.schema, { type: 'boolean' }] },
});

/** The name of a time zone. */
export const timeZone: Kind<string> = kindOf({
  parse(value) {
    const zone = name.parse(value);
    try {
      return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
    } catch {
      throw new Error('the name of a time zone, such as Europe/Berlin', { cause: zone });
    }
  },
  expected: 'the name of a time zone, such as Europe/Berlin',
  schema: name.schema,
});

/** Headers that mean something else already. */
const TAKEN_HEADERS =
  /^(?:(?:accept|access-control|content|if|last|mcp|proxy|sec|transfer|www)-.*|accept|authorization|connection|cookie|date|expect|forwarded|host|idempotency-key|keep-alive|origin|prefer|range|referer|te|trailer|traceparent|upgrade|user-agent|via)$/i;

/** The name of a header that is nobody else's. */
export const headerName: Kind<string> = kindOf({
  parse(value) {
    const parsed = name.parse(value);
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(parsed)) throw new Error('the name of a header', { cause: parsed });
    if (TAKEN_HEADERS.test(parsed)) throw new Error('a header that has no other meaning', { cause: parsed });
    return parsed;
  },
  expected: 'the name of a header that has no other meaning',
  schema: name.schema,
});

/** Addresses, or networks as CIDR has them. */
export const addresses = listOf((value) =>
  names.parse(value).map((text) => {
    const [, address = '', prefix] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
    const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
    if (Number(prefix ?? 0) <= bits && !address.includes('%')) return text;
    throw new Error('an address, or a network such as 10.0.0.0/8 or fd00::/8', { cause: text });
  }),
);

export const url: Kind<string> = kindOf({
  parse: parseUrl,
  expected: 'an http or https URL',
  schema: { type: 'string', pattern: '^https?:' },
});

/** A list of such URLs. */
export const urls = listOf((value) => names.parse(value).map(parseUrl));

/** A list of hosts as URLs have them: a name or an address, and a port where it is not that of the scheme. */
export const hosts = listOf((value) => names.parse(value).map(parseHost));

function parseHost(host: string): string {
  const url = URL.canParse(`https://${host}`) ? new URL(`https://${host}`) : null;
  if (url?.href === `https://${url?.host}/` && !/[/?#@]/.test(host)) return host;
  throw new Error('names of hosts, such as hooks.example.com or hooks.example.com:8443', { cause: host });
}

function parseUrl(value: unknown): string {
  const text = name.parse(value);
  if (!/^https?:/.test(text) || !URL.canParse(text)) throw new Error('an http or https URL', { cause: text });
  return text;
}
