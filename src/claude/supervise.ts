import { systemCodeOf, type Wording } from '../errors.ts';
import type { Aftermath, StopReason } from '../outcome/evidence.ts';
import { isUnknown, type Message, type MessageOf } from '../messages/types.ts';
import { missingServers } from '../outcome/required-servers.ts';
import type { ServerState } from '../outcome/server-warnings.ts';
import { type Asked, unmetBy } from '../outcome/unmet.ts';
import { describeStall } from './describe-stall.ts';
import { ASKS_AT_GATE, type BeforeTool, isAtGate, passGate } from './tool-gate.ts';
import { type Approval, type Approvals, type Approver, createApprovals } from './approvals.ts';
import { createExitPolicy, exitLimits, type ExitPolicy } from './exit-policy.ts';
import { shakeHands } from './handshake.ts';
import { createStopSequence } from './stop-sequence.ts';
import type { Spool } from './output/spool.ts';
import { drain } from './output/stderr-tail.ts';
import { APPROVALS } from '../request/run-options/approvals.ts';
import type { RunRequest } from '../request/run-request.ts';
import { createIdleWatchdog, type IdleWatchdog, watchdogLimits } from './idle-watchdog.ts';
import { handshakeChecks } from './handshake-checks.ts';
import { type ResourceWatch, watchResources } from './resource-watch.ts';
import { watchServers } from './server-watch.ts';
import { type ProcessOptions, startFailure, startProcess } from './start/start-process.ts';
import type { ProcessTree } from './process-tree/process-tree.ts';
import { withoutHelpers } from './process-tree/helpers.ts';
import { openConversation, type PromptBlocks } from './control-protocol.ts';
import type { ResourceUse } from '../system/process-files.ts';
import { STDERR_GRACE_MS, SURVIVOR_GRACE_MS, UNREAD_GRACE_MS } from './graces.ts';

/** What to start, and what of it to keep an eye on. */
export interface ChildOptions extends Omit<ProcessOptions, 'stdout'> {
  readonly spool: Spool;
  /** The processes that come of it. */
  readonly processTree: ProcessTree;
  readonly agents?: unknown;
  /** Whether it is to ask before each call of a tool. */
  readonly asksAtGate?: boolean | undefined;
  /** What it is to be compared with when it tells of itself. */
  readonly asked: Asked;
}

/** What a prompt comes with: nothing that claude has to know when it is started. */
export interface Terms extends Pick<RunRequest, 'startTimeout' | 'idleTimeout' | 'waitBackground' | 'keepBackground'> {
  /** Whether a retry that claude announces is one to cut short. */
  readonly isHopeless: (retry: MessageOf<'system', 'api_retry'>) => boolean;
  /** Who decides about calls that need a yes, and how long that may take; absent: nobody, and the answer is no. */
  readonly approve?: Approver | undefined;
  readonly askTimeout?: number | undefined;
  /** Told of each call of a tool, where claude was started to ask. */
  readonly beforeTool?: BeforeTool | undefined;
}

/** How the child ended. */
export interface ChildEnding {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stderr: string;
  /** Why we stopped it, if we did. */
  readonly stoppedBy: StopReason | null;
  /** What there is to say about that, beyond the reason. */
  readonly stopDetail: Wording | null;
  readonly survivors: Omit<Aftermath, 'abandoned'>;
  /** Background tasks that did not end before claude did, in its words. */
  readonly abandoned: readonly string[];
  /** What was asked of people, and what they said. */
  readonly approvals: readonly Approval[];
  /** What claude took of the machine; null where that can't be told. */
  readonly resources: ResourceUse | null;
  /** What claude said of its MCP servers when it was asked; null if it was not. */
  readonly servers: readonly ServerState[] | null;
}

/** How to stop a child. */
export interface StopOptions {
  /** Without any grace. */
  readonly now?: boolean;
  /** What there is to say about the reason. */
  readonly detail?: Wording;
}

/** What a run is held to, from the prompt on. */
interface Course {
  readonly terms: Terms;
  readonly watchdog: IdleWatchdog;
  readonly exitPolicy: ExitPolicy;
  readonly resources: ResourceWatch;
  readonly approvals: Approvals | null;
}

const NO_SURVIVORS: ChildEnding['survivors'] = { ended: [], endedOwn: [], kept: [], keptOwn: [], left: [] };

/** A running claude, owned by the one who started it. */
export interface Child {
  /** Asks it something that it answers as soon as it has started, and that changes nothing; the answer is no part of the run. */
  greet(): void;
  /** Gives it the prompt, which it has been waiting for; nothing once it is being stopped. To be called once. */
  ask(blocks: PromptBlocks, terms: Terms): void;
  /**
   * Tells the supervisor what claude printed: a result lets it exit, a request is answered. Returns whether it is a part
   * of the run; what claude answers about its set-up is not, and may name accounts and servers.
   * @throws SluiceError `usage` when it works elsewhere than it was to
   */
  observe(message: Message): boolean;
  /** Starts the stop sequence. A second call changes nothing but for `now`. */
  stop(reason: StopReason, options?: StopOptions): void;
  /** Stops all its processes as they are, or lets them go on. */
  suspend(suspended: boolean): void;
  /** Whether it was told that nothing more will be asked, and has not ended yet. */
  readonly isLetGo: boolean;
  /** Settles once the process is gone and nothing is left of it. Never rejects but for a start that failed. */
  readonly ended: Promise<ChildEnding>;
}

/**
 * Starts claude in a process group of its own, and sees to its end and to that of everything it started.
 * @throws SluiceError `claude_not_found`, `usage` or `internal` when the system can't start it; some systems tell it only
 * later, through {@link Child.ended}
 */
export function startChild(options: ChildOptions): Child {
  const { spool, processTree } = options;
  const child = startProcess({ ...options, stdout: spool.descriptor });
  processTree.adopt(child);
  const conversation = openConversation(child.stdin);
  const stderr = drain(child.stderr);
  // That comes before its exit, of which Node asks last: all the time that it took is known then.
  child.stderr.once('end', () => course?.resources.look());
  const stopSequence = createStopSequence((step) => (step === 'interrupt' ? conversation.interrupt() : kill(step)));
  const introduction = {
    ...(options.agents === undefined ? {} : { agents: options.agents }),
    ...(options.asksAtGate === true ? { hooks: ASKS_AT_GATE } : {}),
  };
  const handshake = shakeHands(handshakeChecks(options.asked, introduction), conversation.ask, ({ reason, detail }) => {
    stop(reason, { detail });
  });
  const servers = watchServers();
  let course: Course | null = null;
  let greeting: string | null = null;
  let stopped: { readonly reason: StopReason; readonly detail: Wording | null } | null = null;
  let hurried = false;
  let asked = false;
  let introduced = false;
  let gone = false;
  let sweeping = false;

  function kill(signal: NodeJS.Signals): void {
    if (gone || child.pid === undefined) return;
    // Claude's tools are in sessions of their own.
    if (signal === 'SIGKILL') processTree.signal(signal);
    try {
      process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
    } catch (error) {
      if (systemCodeOf(error) !== 'ESRCH') child.kill(signal);
    }
  }

  function stop(reason: StopReason, { now = false, detail }: StopOptions = {}): void {
    hurried ||= now;
    // What outlived claude is given no grace any more either.
    if (sweeping && now) processTree.signal('SIGKILL');
    if (gone) return;
    if (stopped === null) {
      stopped = { reason, detail: detail ?? null };
      course?.resources.hasten();
      course?.watchdog.end();
      course?.approvals?.end();
      handshake.end();
      processTree.note();
      // One that was not asked yet, or has given its result, has nothing to interrupt.
      const grace = reason === 'reader_gone' ? UNREAD_GRACE_MS : undefined;
      stopSequence.begin(asked && course?.exitPolicy.begun === false ? 'interrupt' : 'SIGINT', grace);
      course?.exitPolicy.hasten();
    }
    if (now) stopSequence.kill();
  }

  const ended = new Promise<ChildEnding>((resolve, reject) => {
    child.on('error', (error) => {
      // A signal that could not be sent comes here too.
      if (child.pid !== undefined) return;
      finish();
      reject(startFailure(options.path, error));
    });
    child.once('exit', (code, signal) => {
      finish();
      resolve(cleanUp(code, signal));
    });
  });

  // Who waits for the end learns of a failed start then; nobody else has to.
  ended.catch(() => {});

  function finish(): void {
    gone = true;
    stopSequence.end();
    course?.watchdog.end();
    course?.approvals?.end();
    handshake.end();
    course?.exitPolicy.end();
    course?.resources.end();
    spool.end(course?.exitPolicy.begun);
  }

  function begin(terms: Terms): Course {
    const { approve, askTimeout = APPROVALS.askTimeout.default } = terms;
    const resources = watchResources(processTree.resourceUse);
    const approvals = approve === undefined ? null : createApprovals(approve, askTimeout, conversation.reply);
    return {
      terms,
      approvals,
      resources,
      watchdog: createIdleWatchdog(
        watchdogLimits(terms),
        (state, limit) => stop('stalled', { detail: describeStall(state, limit) }),
        () => (approvals?.open() ?? 0) > 0,
      ),
      exitPolicy: createExitPolicy(exitLimits(terms), {
        open() {
          if (servers.isTroubled()) conversation.ask({ subtype: 'mcp_status' });
          // While its memory can still be told: on a busy machine it may be gone before the next line.
          resources.hasten();
          conversation.end();
          // After what it has just said was passed on.
          setImmediate(() => !gone && processTree.foresee());
        },
        push: () => stop('lingering'),
      }),
    };
  }

  function follow({ watchdog, exitPolicy }: Course, message: Message): void {
    exitPolicy.see(message);
    if (exitPolicy.begun) watchdog.end();
    else watchdog.heard(message);
  }

  async function cleanUp(code: number | null, signal: string | null): Promise<ChildEnding> {
    const keeps = course?.terms.keepBackground === true && stopped === null;
    sweeping = !keeps;
    const [survivors] = await Promise.all([keeps ? keepAll() : endAll(), stderr.ended(STDERR_GRACE_MS)]);
    sweeping = false;
    return {
      code,
      signal,
      stderr: stderr.text(),
      stoppedBy: stopped?.reason ?? null,
      stopDetail: stopped?.detail ?? null,
      survivors,
      abandoned: course?.exitPolicy.abandoned() ?? [],
      approvals: course?.approvals?.settled() ?? [],
      resources: course?.resources.seen() ?? null,
      servers: servers.heard(),
    };
  }

  async function endAll(): Promise<ChildEnding['survivors']> {
    // As nearly always; two sweeps would look twice as often.
    if (processTree.isGone()) return NO_SURVIVORS;
    const graceMs = hurried ? 0 : SURVIVOR_GRACE_MS;
    const [apart, own] = await Promise.all([processTree.sweep(graceMs, 'apart'), processTree.sweep(graceMs, 'own')]);
    const left = [...apart.left, ...own.left];
    const unseen = apart.unseen === undefined ? {} : { unseen: apart.unseen };
    return { ended: apart.ended, endedOwn: withoutHelpers(own.ended), kept: [], keptOwn: [], left, ...unseen };
  }

  function keepAll(): ChildEnding['survivors'] {
    const keptOwn = withoutHelpers(processTree.remaining('own'));
    return { ended: [], endedOwn: [], kept: processTree.remaining('apart'), keptOwn, left: [] };
  }

  function answer(request: MessageOf<'control_request'>): void {
    const { approvals } = course ?? {};
    if (approvals && request.request.subtype === 'can_use_tool' && stopped === null) approvals.ask(request);
    else conversation.decline(request);
  }

  /** Stops a run that would be another than was asked for; later ones change as they go on, as by a `cd` of a tool's. */
  function compare(init: MessageOf<'system', 'init'>): void {
    if (introduced) return;
    options.workplace.confirmName(init.cwd);
    introduced = true;
    const unmet = unmetBy(init, options.asked).find(({ grave }) => grave);
    if (unmet !== undefined) stop('unmet', { detail: unmet.text });
    const missing = missingServers(options.asked.requireMcp ?? [], init.mcp_servers ?? []);
    if (missing !== null) stop('server_missing', { detail: missing });
  }

  if (Object.keys(introduction).length > 0 && options.asked.agent === undefined) {
    conversation.ask({ subtype: 'initialize', ...introduction });
  }

  return {
    ended,
    stop,
    get isLetGo() {
      return !gone && course?.exitPolicy.isOver === true;
    },
    greet() {
      greeting = conversation.ask({ subtype: 'mcp_status' });
    },
    ask(blocks, terms) {
      if (gone || stopped !== null) return;
      course = begin(terms);
      course.watchdog.asked();
      handshake.whenSettled(() => {
        asked = true;
        conversation.prompt(blocks);
      });
    },
    observe(message) {
      if (isAtGate(message) && options.asksAtGate === true) {
        void passGate(message, course?.terms.beforeTool ?? (() => {}), conversation.reply);
        return false;
      }
      // What it said of its servers then may be otherwise by now.
      if (greeting !== null && conversation.isAnswer(message, greeting)) return false;
      handshake.see(message);
      if (servers.see(message)) conversation.ask({ subtype: 'mcp_status' });
      if (conversation.isAnswer(message)) return false;
      if (course !== null) follow(course, message);
      if (isUnknown(message)) return true;
      if (message.type === 'control_request') answer(message);
      if (message.type === 'control_cancel_request') course?.approvals?.withdraw(message.request_id);
      if (message.type === 'system' && message.subtype === 'init') compare(message);
      // A tool begins, or one has ended.
      if (message.type === 'assistant' || message.type === 'user') processTree.note();
      if (message.type === 'system' && message.subtype === 'api_retry' && course?.terms.isHopeless(message) === true)
        stop('hopeless');
      return true;
    },
    suspend(suspended) {
      if (!gone) processTree.signal(suspended ? 'SIGSTOP' : 'SIGCONT');
    },
  };
}
