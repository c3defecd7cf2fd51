import * as values from '../values.ts';
import type { Option } from './option.ts';

/** What `sluice token` puts into a token. */
export const TOKEN_OPTIONS: readonly Option[] = (
  [
    { name: 'tokenSubject', flags: '--subject <NAME>', help: 'who will use it', parse: values.parseName },
    { name: 'tokenScopes', flags: '--scopes <SCOPES...>', help: 'what it is good for', parse: values.parseNames },
    {
      name: 'tokenLifetime',
      flags: '--lifetime <DURATION>',
      help: 'how long it lives, at most 366d',
      parse: values.parseLifetime,
      show: values.formatDuration,
      default: 24 * 60 * 60_000,
    },
    {
      name: 'tokenJwt',
      flags: '--jwt',
      help: 'make a JWT, signed with the secret of --jwt-secret-file',
      parse: values.parseBoolean,
    },
  ] as const
).map((row): Option => ({ ...row, group: 'Token', commands: ['token'], flagOnly: true }));
