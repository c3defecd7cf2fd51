import { describeWait } from '../../outcome/describe-wait.ts';
import { isWithin } from '../../system/is-within.ts';
import type { FieldTable } from '../field.ts';
import { FAIL_ON } from '../../outcome/fail-on.ts';
import { backgroundLimits } from '../kinds/background-limits.ts';
import { duration, parseMilliseconds, wait } from '../kinds/durations.ts';
import { idleLimits } from '../kinds/idle-limits.ts';
import { choices } from '../kinds/lists.ts';
import { count, positive } from '../kinds/numbers.ts';
import { size } from '../kinds/sizes.ts';
import { boolean, choice, name } from '../kinds/texts.ts';

/** How often an API call is tried again where nothing is said of it: claude's own default. */
export const CLAUDES_RETRIES = 10;

const IDLE_MS = 15 * 60_000;

/** How claude is run, and within which bounds. */
export const RUNNING = {
  /** Where claude works; default: the current directory. */
  cwd: {
    name: 'cwd',
    kind: name,
    flags: '--cwd <PATH>',
    group: 'Run',
    help: 'work in another directory',
    environment: { name: 'CLAUDE_CODE_DEFAULT_CWD', parse: name.parse },
    paths: true,
    caller: {
      help: 'Absolute path of the folder to work in; default: the first allowed root.',
      narrowing: { coveredBy: (path, root) => isWithin(path, [root]) },
    },
  },
  /** The bound on the whole run, in milliseconds; default: none. */
  timeout: {
    name: 'timeout',
    kind: duration,
    flags: '--timeout <DURATION>',
    group: 'Run',
    help: 'end the run after that long, such as 90s or 5m; what was there by then is kept',
    environment: { name: 'CLAUDE_CODE_MAX_EXECUTION_TIME', parse: parseMilliseconds },
    project: 'lower',
    caller: {
      name: 'timeoutMs',
      help: 'End the run after that many milliseconds; what was there by then is kept.',
      narrowing: { atMost: 5 * 60_000 },
      most: describeWait,
    },
  },
  /** How long claude may take to its first message, from the prompt on, in milliseconds; default: a minute. */
  startTimeout: {
    name: 'startTimeout',
    kind: duration,
    flags: '--start-timeout <DURATION>',
    group: 'Run',
    help: 'end a run in which claude says nothing at all for that long',
    default: 60_000,
    project: 'lower',
  },
  /** How long nothing may happen, in milliseconds: in any state, or by state; default: 15 minutes each. */
  idleTimeout: {
    name: 'idleTimeout',
    kind: idleLimits,
    flags: '--idle-timeout <LIMITS>',
    group: 'Run',
    help: 'end a run in which nothing happens for that long; in one state alone: api=5m,tool=1h,text=2m',
    default: { api: IDLE_MS, tool: IDLE_MS, text: IDLE_MS },
    project: 'lower',
  },
  /** How often a call of the API, or the whole run, may be tried again; default: 10, which is claude's own. */
  retries: {
    name: 'retries',
    kind: count,
    flags: '--retries <N>',
    group: 'Run',
    help: `how often to try again; a call of the API, or the whole run; default ${CLAUDES_RETRIES}, 0 is never`,
    project: { atMost: CLAUDES_RETRIES },
  },
  /** The longest wait before one retry, in milliseconds; what would take longer ends the run. Default: 10 minutes. */
  retryMaxWait: {
    name: 'retryMaxWait',
    kind: duration,
    flags: '--retry-max-wait <DURATION>',
    group: 'Run',
    help: 'the longest wait before one retry; where the API asks for more, the run ends',
    default: 10 * 60_000,
    project: 'lower',
  },
  /**
   * How long a limit may be waited for that says when it resets, in milliseconds, once a run and whatever `retryMaxWait` is.
   * What has used a tool goes on with its session then. Default: 0, not at all.
   */
  waitForReset: {
    name: 'waitForReset',
    kind: wait,
    flags: '--wait-for-reset <DURATION>',
    group: 'Run',
    help: 'how long a usage limit may be waited for, such as 6h, once a run; then the run starts again, or goes on with its session',
    default: 0,
    project: 'lower',
  },
  /**
   * How long background tasks may go on after the result, in milliseconds: of either kind, or by kind; 0 is not at all.
   * Default: 10 minutes for subagents, 0 for shell commands.
   */
  waitBackground: {
    name: 'waitBackground',
    kind: backgroundLimits,
    flags: '--wait-background <LIMITS>',
    group: 'Run',
    help: 'how long background tasks may go on once the answer is there, 0 is not at all; of one kind alone: agent=10m,shell=2m',
    default: { agent: 10 * 60_000, shell: 0 },
    project: 'lower',
  },
  /** Lets what a tool left running go on after a run that ended by itself; default: false, it is ended. */
  keepBackground: {
    name: 'keepBackground',
    kind: boolean,
    flags: '--keep-background',
    group: 'Run',
    help: 'let processes that a tool left behind go on after a run that ended by itself',
    unserved: 'nothing that a query started outlives it',
  },
  /** Gives claude a configuration directory of its own, which goes with the run; default: false. */
  isolate: {
    name: 'isolate',
    kind: boolean,
    flags: '--isolate',
    group: 'Run',
    help: 'give claude a configuration directory of its own, which goes away with the run',
    project: 'on',
  },
  /**
   * What makes a run that has an answer end with exit code 7, and is a warning otherwise: `denied`, a call of a tool;
   * `incomplete`, work in the background that was cut short, or a wake-up that could not come; `question`, one that nobody
   * could answer. Default: none.
   */
  failOn: {
    name: 'failOn',
    kind: choices(FAIL_ON),
    flags: '--fail-on <WHAT>',
    group: 'Run',
    help: 'exit 7 when a tool was denied, work was left incomplete, or a question found nobody: denied,incomplete,question',
    project: 'add',
    heededBy: ['replay'],
  },
  /** Makes a run in which tools were denied end as `denied`; default: false, a warning. The same as `failOn: ['denied']`. */
  failOnDenied: {
    name: 'failOnDenied',
    kind: boolean,
    flags: '--fail-on-denied',
    group: 'Run',
    help: 'exit 7 when a tool was denied: --fail-on denied',
    project: 'on',
    heededBy: ['replay'],
  },
  /** Bytes of memory: of the whole run under systemd-run, of each process under prlimit; default: no limit. */
  maxMemory: {
    name: 'maxMemory',
    kind: size,
    flags: '--max-memory <SIZE>',
    group: 'Run',
    help: 'a limit of memory, for claude and what it starts',
    project: 'lower',
  },
  /** Processor time of each process, in milliseconds; default: no limit. */
  maxCpuTime: {
    name: 'maxCpuTime',
    kind: duration,
    flags: '--max-cpu-time <DURATION>',
    group: 'Run',
    help: 'a limit of processor (CPU) time, for each process of a run',
    project: 'lower',
  },
  /** Processes and threads: those of the run under systemd-run, all that its user has under prlimit; default: no limit. */
  maxProcesses: {
    name: 'maxProcesses',
    kind: positive,
    flags: '--max-processes <N>',
    group: 'Run',
    help: 'a limit of processes and threads, for a run',
    project: 'lower',
  },
  /** What sets those three; default: `auto`, the first of them that can. */
  limitsBy: {
    name: 'limitsBy',
    kind: choice(['auto', 'systemd-run', 'prlimit']),
    flags: '--limits-by <MEANS>',
    group: 'Run',
    help: 'what enforces limits of memory, processor time and processes: systemd-run, prlimit, or auto, the first that can',
    default: 'auto',
  },
  /** The claude to run; default: the first on `PATH`, then one installed beside sluice. */
  claudePath: {
    name: 'claudePath',
    kind: name,
    flags: '--claude <PATH>',
    group: 'Run',
    help: 'the claude to run; default: the first on PATH, then one installed beside sluice',
    paths: true,
  },
} as const satisfies FieldTable;
