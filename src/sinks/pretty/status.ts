import { isUnknown, type Message, type MessageOf } from '../../messages/types.ts';
import { formatCount, formatSeconds } from './format.ts';
import type { SystemMessage } from './describe-system.ts';
import { describeInput, spawnsSubagent } from './describe-tool.ts';

/** What is happening right now, followed from the messages. */
export interface Status {
  see(message: Message): void;
  /** For the spinner: `running Bash · 3 s`. */
  describe(): string;
  /** What it is that `describe` tells of. */
  current(): Doing;
}

/** What is being done, or waited for. */
export interface Doing {
  /** `running Bash`, `waiting for the API`, `background task: dev server`. */
  readonly label: string;
  /** Whether it goes on by itself, and claude waits for it. */
  readonly isTask: boolean;
  /** Milliseconds since it began. */
  readonly elapsed: number;
  /** Milliseconds until it ends by itself, as the wait before a retry does; null for all else. */
  readonly left: number | null;
}

interface Activity {
  readonly label: string;
  readonly since: number;
  readonly isTask?: boolean;
  /** How many it has taken, which its label tells once somebody asks. */
  readonly tokens?: number;
  /** When it ends by itself, as a retry's wait does. */
  readonly until?: number;
}

const STARTING = 'starting claude';
const WAITING = 'waiting for the API';

/**
 * Starts at the birth of the process. `now` is monotonic, in milliseconds.
 * @param preparing what is done before claude is started, while that goes on
 */
export function followStatus(now: () => number, preparing: () => string | null = () => null): Status {
  const calls = new Map<string, Activity>();
  const tasks = new Map<string, Activity>();
  let current: Activity = { label: STARTING, since: now() };
  let finished = false;

  function begin(label: string): void {
    if (current.label !== label) current = { label, since: now() };
  }

  function seeAssistant({ message }: MessageOf<'assistant'>): void {
    for (const { type, id, name = 'a tool', input } of message.content) {
      if (type !== 'tool_use' || id === undefined) continue;
      const label = spawnsSubagent(name) ? `subagent: ${describeInput(name, input)}` : name;
      calls.set(id, { label, since: now() });
    }
    begin(WAITING);
  }

  function seeUser({ message }: MessageOf<'user'>): void {
    if (typeof message.content === 'string') return;
    for (const { type, tool_use_id } of message.content) {
      if (type === 'tool_result' && tool_use_id !== undefined) calls.delete(tool_use_id);
    }
    current = { label: WAITING, since: now() };
  }

  function seePartial({ event, parent_tool_use_id }: MessageOf<'stream_event'>): void {
    if (parent_tool_use_id) return;
    const block = event.content_block;
    if (block?.type === 'tool_use') begin(`preparing ${block.name ?? 'a tool'}`);
    else if (block?.type === 'thinking' || event.delta?.type === 'thinking_delta') begin('thinking');
    else if (event.delta?.type === 'text_delta') begin('writing');
    else if (block?.type === 'server_tool_use' || block?.type === 'mcp_tool_use')
      begin(`running ${block.name ?? 'a tool'}`);
  }

  function seeSystem(message: SystemMessage): void {
    switch (message.subtype) {
      case 'init':
        finished = false;
        return begin(WAITING);
      case 'status':
        return begin(message.status === 'compacting' ? 'compacting the conversation' : WAITING);
      case 'api_retry':
        current = { label: 'retrying', since: now(), until: now() + message.retry_delay_ms };
        return;
      case 'hook_started':
        return begin(`running hook ${message.hook_name}`);
      case 'hook_response':
        return begin(WAITING);
      case 'thinking_tokens':
        current = { label: 'thinking ·', tokens: message.estimated_tokens, since: sinceThinking() };
        return;
      case 'task_started':
        tasks.set(message.task_id, { label: message.description, since: now() });
        return;
      case 'task_notification':
        tasks.delete(message.task_id);
        return;
      default:
        return;
    }
  }

  function sinceThinking(): number {
    return current.label.startsWith('thinking') ? current.since : now();
  }

  /** What runs outweighs what was last said, but for a phase that cannot be while a tool runs. */
  function activity(): Activity {
    if (current.until !== undefined) return current;
    if (finished) {
      const task = newestOf(tasks);
      return task
        ? { label: `background task: ${task.label}`, since: task.since, isTask: true }
        : { label: 'finishing', since: current.since };
    }
    const call = newestOf(calls);
    if (call === undefined || current.label !== WAITING) return current;
    return {
      label: `running ${call.label}${calls.size === 1 ? '' : ` and ${calls.size - 1} more`}`,
      since: call.since,
    };
  }

  function doing(): Doing {
    const { label: what, since, until, tokens, isTask = false } = activity();
    const label = tokens === undefined ? what : `${what} ${formatCount(tokens)} tokens`;
    const elapsed = now() - since;
    if (until === undefined) return { label, isTask, elapsed, left: null };
    const left = until - now();
    return left > 0 ? { label, isTask, elapsed, left } : { label: WAITING, isTask, elapsed: -left, left: null };
  }

  return {
    see(message) {
      if (isUnknown(message)) return;
      switch (message.type) {
        case 'assistant':
          return seeAssistant(message);
        case 'user':
          return seeUser(message);
        case 'stream_event':
          return seePartial(message);
        case 'system':
          return seeSystem(message);
        case 'result':
          finished = true;
          calls.clear();
          current = { label: WAITING, since: now() };
          return;
        case 'sluice':
          if (message.retry === undefined) return;
          current = { label: 'starting again', since: now(), until: now() + message.retry.delayMs };
          return;
        default:
          return;
      }
    },
    describe() {
      const before = current.label === STARTING ? preparing() : null;
      if (before !== null) {
        current = { label: STARTING, since: now() };
        return before;
      }
      const { label, elapsed, left } = doing();
      return left === null ? withTime(label, elapsed) : `${label} in ${formatSeconds(Math.max(1000, left))}`;
    },
    current: doing,
  };
}

function newestOf(activities: ReadonlyMap<string, Activity>): Activity | undefined {
  return [...activities.values()].at(-1);
}

/** The first second is not worth a number. */
function withTime(label: string, elapsed: number): string {
  return elapsed < 1000 ? label : `${label} · ${formatSeconds(elapsed)}`;
}
