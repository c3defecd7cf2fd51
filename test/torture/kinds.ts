import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { begin, FAKE_CLAUDE, type Step } from '../support/fake.ts';
import type { Place } from './place.ts';

/** A kind of child that a run has when it ends. */
export interface Kind {
  readonly name: string;
  /** The command of Bash that starts the child and returns at once. */
  readonly leave: (place: Place) => string;
  /** The command that has it in the foreground; absent: `leave`, then another one that waits. */
  readonly hold?: (place: Place) => string;
  /** How its command line reads once it runs. */
  readonly looksLike: (place: Place) => RegExp;
  /** What sluice has to name as ended after a success; absent: claude may have ended it itself. */
  readonly told?: RegExp;
  /** How long it may take to be there, in milliseconds, on a machine that is not busy. */
  readonly startUp: number;
  /** Whether `leave` is run as a background task of claude's own. */
  readonly inBackground?: boolean;
  /** Options of sluice's that it takes. */
  readonly options?: (place: Place) => readonly string[];
}

/** What a sluice that a tool starts asks its own claude. */
export const INNER_PROMPT = 'You are the inner one';

const SLUICE = fileURLToPath(new URL('../../bin/sluice.js', import.meta.url));
const MCP_SERVER = fileURLToPath(new URL('processes/stubborn-mcp-server.js', import.meta.url));

export const KINDS: readonly Kind[] = [
  {
    name: 'sleep',
    leave: ({ token }) => leftBehind(`sleep ${token}`),
    hold: ({ token }) => `echo started; sleep ${token}; echo finished`,
    looksLike: sleeper,
    startUp: 1_000,
    told: /sleep/,
  },
  {
    name: 'ignores signals',
    leave: (place) => leftBehind(stubbornLoop(place)),
    hold: (place) => `echo started; ${stubbornLoop(place)}`,
    looksLike: sleeper,
    startUp: 1_000,
    told: /sleep/,
  },
  {
    name: 'setsid',
    leave: ({ token }) => leftBehind(`setsid sleep ${token}`),
    looksLike: sleeper,
    startUp: 1_000,
    told: /sleep/,
  },
  {
    name: 'nohup',
    leave: ({ token }) => leftBehind(`nohup sleep ${token}`),
    looksLike: sleeper,
    startUp: 1_000,
    told: /sleep/,
  },
  {
    name: 'double fork',
    leave: ({ token }) => `(${leftBehind(`setsid sh -c 'cd /; sleep ${token} & exit'`)})`,
    looksLike: sleeper,
    startUp: 1_000,
    told: /sleep/,
  },
  {
    name: 'env -i setsid',
    leave: ({ token }) => leftBehind(`env -i setsid sleep ${token}`),
    looksLike: sleeper,
    startUp: 1_000,
    told: /sleep/,
  },
  {
    name: 'background task',
    leave: ({ token }) => `echo started; sleep ${token}; echo finished`,
    looksLike: sleeper,
    startUp: 1_000,
    inBackground: true,
  },
  {
    name: 'MCP server',
    leave: () => 'echo nothing',
    looksLike: ({ token }) => new RegExp(`^\\S+ \\S+mcp-server\\.js ${token}$`),
    startUp: 1_000,
    options: ({ token }) => {
      const stubborn = { command: process.execPath, args: [MCP_SERVER, token] };
      return [`--mcp-config=${JSON.stringify({ mcpServers: { stubborn } })}`];
    },
  },
  {
    name: 'nested, fake',
    leave: (place) => leftBehind(nestedFake(place)),
    hold: nestedFake,
    startUp: 2_500,
    looksLike: ({ token }) => new RegExp(`^\\S+ ${FAKE_CLAUDE} .*${token}$`),
    told: /node/,
  },
  {
    name: 'nested, real',
    leave: (place) => leftBehind(nestedReal(place)),
    hold: nestedReal,
    startUp: 5_000,
    looksLike: sleeper,
    told: /node/,
  },
];

/** Shell that lets a command go on by itself. */
function leftBehind(command: string): string {
  return `echo started; ${command} </dev/null >/dev/null 2>&1 &`;
}

function stubbornLoop({ token }: Place): string {
  return `sh -c 'trap "" INT TERM HUP; while :; do sleep ${token}; done'`;
}

function sleeper({ token }: Place): RegExp {
  return new RegExp(`^sleep ${token}$`);
}

/** A sluice whose claude never answers; what stands behind `--` reaches that claude's command line. */
function nestedFake({ token }: Place): string {
  const steps: readonly Step[] = [...begin, { say: 'inner' }, { hang: true }];
  const variables = `FAKE_CLAUDE='${JSON.stringify(steps)}' SLUICE_CLAUDE_PATH='${FAKE_CLAUDE}'`;
  return `env ${variables} '${process.execPath}' '${SLUICE}' '${INNER_PROMPT}' -- --agent ${token}`;
}

function nestedReal({ token }: Place): string {
  return `'${process.execPath}' '${SLUICE}' --permission-mode=bypassPermissions '${INNER_PROMPT}: ${token}'`;
}
