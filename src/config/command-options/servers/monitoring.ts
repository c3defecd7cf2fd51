import type { FieldTable } from '../../../request/field.ts';
import { duration } from '../../../request/kinds/durations.ts';
import { positive } from '../../../request/kinds/numbers.ts';
import { sizeFrom } from '../../../request/kinds/sizes.ts';
import { boolean, choice, name } from '../../../request/kinds/texts.ts';
import { CARRYING } from './commands.ts';
import { portOrOff } from './kinds.ts';

const group = 'Monitoring and logs';

/** What the operator sees. */
export const MONITORING = {
  serverAdminPort: {
    name: 'serverAdminPort',
    flags: '--admin-port <PORT>',
    group,
    commands: CARRYING,
    help: 'port for /metrics, /healthz, /readyz and /runs; on loopback, or off; default: 8002 over HTTP, else off',
    kind: portOrOff,
  },
  serverProbeLogin: {
    name: 'serverProbeLogin',
    flags: '--probe-login <DURATION>',
    group,
    commands: CARRYING,
    help: 'have claude asked for a word, for /readyz, when no query has shown for so long that it is let in; default: never',
    kind: duration,
  },
  serverAudit: {
    name: 'serverAudit',
    flags: '--audit <FILE>',
    group,
    commands: CARRYING,
    help: 'write a line of JSON for each query to a file; it belongs to this server alone',
    kind: name,
    paths: true,
  },
  serverAuditSize: {
    name: 'serverAuditSize',
    flags: '--audit-size <SIZE>',
    group,
    commands: CARRYING,
    help: 'the size at which the audit file is rotated',
    kind: sizeFrom(1),
    default: 10 * 1024 * 1024,
  },
  serverAuditFiles: {
    name: 'serverAuditFiles',
    flags: '--audit-files <N>',
    group,
    commands: CARRYING,
    help: 'how many rotated audit files are kept',
    kind: positive,
    default: 10,
  },
  serverAuditPrompts: {
    name: 'serverAuditPrompts',
    flags: '--audit-prompts',
    group,
    commands: CARRYING,
    help: 'write prompts to the audit file too, redacted',
    kind: boolean,
  },
  serverLogLevel: {
    name: 'serverLogLevel',
    flags: '--log-level <LEVEL>',
    group,
    commands: CARRYING,
    help: 'the least that is logged on stderr; debug, info, warn, error or silent',
    kind: choice(['debug', 'info', 'warn', 'error', 'silent']),
    default: 'info',
  },
  serverLogFormat: {
    name: 'serverLogFormat',
    flags: '--log-format <FORMAT>',
    group,
    commands: CARRYING,
    help: 'json, pretty, or auto: pretty on a terminal',
    kind: choice(['auto', 'json', 'pretty']),
    default: 'auto',
  },
} as const satisfies FieldTable;
