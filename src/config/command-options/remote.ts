import type { FieldTable } from '../../request/field.ts';
import { duration } from '../../request/kinds/durations.ts';
import { names } from '../../request/kinds/lists.ts';
import { boolean, name } from '../../request/kinds/texts.ts';
import { webAddress } from '../../request/kinds/web-addresses.ts';

const group = 'Gateway';
const unserved = 'it is for what asks a gateway: sluice, and sluice mcp on stdio';

/** Where runs are carried out that are not carried out here, and who asks for them. Nothing of it is for a project's file. */
export const REMOTE = {
  /** The address of a `sluice serve`, such as `http://127.0.0.1:8000`; default: runs are carried out here. */
  gateway: {
    name: 'gateway',
    kind: webAddress,
    flags: '--gateway <URL>',
    group,
    help: 'have runs carried out by the sluice serve of that address, in place of a claude of this machine',
    unserved,
  },
  /** A file with the bearer token for it. */
  gatewayTokenFile: {
    name: 'gatewayTokenFile',
    kind: name,
    flags: '--gateway-token-file <FILE>',
    group,
    help: 'the bearer token for --gateway, in a file that nobody else can read; read again when it is refused',
    paths: true,
  },
  /** A file with the secret that it shares, of which tokens are made, each good for five minutes. */
  gatewayJwtSecretFile: {
    name: 'gatewayJwtSecretFile',
    kind: name,
    flags: '--gateway-jwt-secret-file <FILE>',
    group,
    help: 'make tokens for --gateway, of five minutes each, with the secret that it shares (its --jwt-secret-file)',
    paths: true,
  },
  /** Whom those are for. */
  gatewaySubject: {
    name: 'gatewaySubject',
    kind: name,
    flags: '--gateway-subject <NAME>',
    group,
    help: 'who asks, in the tokens of --gateway-jwt-secret-file',
  },
  /** Which server those are for; default: the address of the gateway. */
  gatewayAudience: {
    name: 'gatewayAudience',
    kind: name,
    flags: '--gateway-audience <NAME>',
    group,
    help: 'the audience in those tokens; default: the address of the gateway, as it is given',
  },
  /** Whose name they bear. */
  gatewayIssuer: {
    name: 'gatewayIssuer',
    kind: name,
    flags: '--gateway-issuer <NAME>',
    group,
    help: 'the issuer in those tokens',
  },
  /** What they permit. */
  gatewayScopes: {
    name: 'gatewayScopes',
    kind: names,
    flags: '--gateway-scopes <SCOPES...>',
    group,
    help: 'the scopes of those tokens',
  },
  /** A file with cookies, for a gateway behind a login. */
  gatewayCookieFile: {
    name: 'gatewayCookieFile',
    kind: name,
    flags: '--gateway-cookie-file <FILE>',
    group,
    help: 'cookies for --gateway, as NAME=VALUE; NAME=VALUE in a file that nobody else can read',
    paths: true,
  },
  /** Lets a credential go over a network unencrypted; default: false. */
  gatewayPlainHttp: {
    name: 'gatewayPlainHttp',
    kind: boolean,
    flags: '--gateway-plain-http',
    group,
    help: 'send the credential also where the address is http: and not of this machine; for networks of your own',
  },
  /** How long a connection to it may take, in milliseconds; default: 10 seconds. */
  gatewayConnectTimeout: {
    name: 'gatewayConnectTimeout',
    kind: duration,
    flags: '--gateway-connect-timeout <DURATION>',
    group,
    help: 'how long a connection to the gateway may take',
    default: 10_000,
  },
  /** How long it may take to begin an answer, in milliseconds; default: a minute. */
  gatewayHeadersTimeout: {
    name: 'gatewayHeadersTimeout',
    kind: duration,
    flags: '--gateway-headers-timeout <DURATION>',
    group,
    help: 'how long the gateway may take to begin an answer',
    default: 60_000,
  },
  /** How long it may be silent in an answer, in milliseconds; default: 30 seconds, of which a gateway that lives lets no more than ten pass. */
  gatewayBodyTimeout: {
    name: 'gatewayBodyTimeout',
    kind: duration,
    flags: '--gateway-body-timeout <DURATION>',
    group,
    help: 'how long the gateway may be silent in an answer; it says something every 10s, whatever claude does',
    default: 30_000,
  },
} as const satisfies FieldTable;
