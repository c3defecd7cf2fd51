import type { FieldTable } from '../../request/field.ts';
import { lifetime } from '../../request/kinds/durations.ts';
import { names } from '../../request/kinds/lists.ts';
import { quotas } from '../../request/kinds/quotas.ts';
import { boolean, name } from '../../request/kinds/texts.ts';

const group = 'Token';
const commands = ['token'];

/** What `sluice token` puts into a token. */
export const TOKEN = {
  tokenSubject: {
    name: 'tokenSubject',
    kind: name,
    flags: '--subject <NAME>',
    group,
    commands,
    help: 'who the token is for',
    flagOnly: true,
  },
  tokenScopes: {
    name: 'tokenScopes',
    kind: names,
    flags: '--scopes <SCOPES...>',
    group,
    commands,
    help: 'the scopes of the token',
    flagOnly: true,
  },
  tokenQuotas: {
    name: 'tokenQuotas',
    kind: quotas,
    flags: '--quotas <QUOTAS...>',
    group,
    commands,
    help: 'what whoever has the token may use, in place of what others may; such as 5usd/day',
    flagOnly: true,
  },
  tokenLifetime: {
    name: 'tokenLifetime',
    kind: lifetime,
    flags: '--lifetime <DURATION>',
    group,
    commands,
    help: 'how long the token is valid, at most 366d',
    default: 24 * 60 * 60_000,
    flagOnly: true,
  },
  tokenJwt: {
    name: 'tokenJwt',
    kind: boolean,
    flags: '--jwt',
    group,
    commands,
    help: 'make a JWT, signed with the secret of --jwt-secret-file',
    flagOnly: true,
  },
} as const satisfies FieldTable;
