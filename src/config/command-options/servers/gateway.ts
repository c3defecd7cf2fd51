import type { FieldTable } from '../../../request/field.ts';
import { wait } from '../../../request/kinds/durations.ts';
import { sizeUpTo } from '../../../request/kinds/sizes.ts';
import { boolean, name } from '../../../request/kinds/texts.ts';
import { hosts, port } from './kinds.ts';

const group = 'HTTP gateway';
const commands = ['serve'];

/** How the gateway is served. */
export const GATEWAY = {
  serveHost: {
    name: 'serveHost',
    flags: '--host <ADDRESS>',
    group,
    commands,
    help: 'the address to listen on',
    kind: name,
    default: '127.0.0.1',
  },
  servePort: {
    name: 'servePort',
    flags: '--port <PORT>',
    group,
    commands,
    help: 'the port to listen on; 0 for any that is free',
    kind: port,
    default: 8000,
  },
  serveUi: {
    name: 'serveUi',
    flags: '--ui',
    group,
    commands,
    help: 'serve a page at /ui, in which runs are started, watched and approved; text comes to it as it is written',
    kind: boolean,
  },
  serveMaxBody: {
    name: 'serveMaxBody',
    flags: '--max-body <SIZE>',
    group,
    commands,
    help: 'the largest request, attachments included; at most 96MiB',
    kind: sizeUpTo(96 * 1024 * 1024),
    default: 16 * 1024 * 1024,
  },
  serveDrainTimeout: {
    name: 'serveDrainTimeout',
    flags: '--drain-timeout <DURATION>',
    group,
    commands,
    help: 'how long runs may go on once the server is told to end; 0 stops them at once',
    kind: wait,
    default: 10_000,
  },
  serveCallbackHosts: {
    name: 'serveCallbackHosts',
    flags: '--callback-hosts <NAMES...>',
    group,
    commands,
    help: 'hosts that may be told of the end of a query; NAME or NAME:PORT',
    kind: hosts,
  },
  serveCallbackKeyFile: {
    name: 'serveCallbackKeyFile',
    flags: '--callback-key-file <FILE>',
    group,
    commands,
    help: 'sign what they are told with the key in this file',
    kind: name,
    paths: true,
  },
  serveCallbackPrivate: {
    name: 'serveCallbackPrivate',
    flags: '--callback-private',
    group,
    commands,
    help: 'let them have private addresses, and be asked by http',
    kind: boolean,
  },
} as const satisfies FieldTable;
