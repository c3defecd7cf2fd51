import { isUnknown, type MessageOf, type RunEvent } from '../../messages/types.ts';
import { nameOf } from '../../messages/recognise.ts';
import { describeInit, describeMissingServers } from './describe-init.ts';
import { describeNotice } from './describe-notice.ts';
import type { SystemMessage } from './describe-system.ts';
import { followBackgroundTasks } from './describe-task.ts';
import { describeInput, describeResult, runsInBackground, spawnsSubagent } from './describe-tool.ts';
import type { Entry } from './entry.ts';
import type { Notice } from './notice.ts';

/** Turns events into what is shown of them. Both faces of `pretty` print the entries of one transcript. */
export interface Transcript {
  see(event: RunEvent): readonly Entry[];
}

export interface TranscriptOptions {
  readonly showThinking: boolean;
  /** Whether to tell of the session's start and of messages that sluice does not know. */
  readonly showSystem: boolean;
}

interface Call {
  readonly name: string;
  readonly input: string;
  readonly depth: number;
  readonly startedAt: number;
  readonly background: boolean;
  /** Whether messages of a subagent may still name this call as their parent after its result. */
  readonly spawns: boolean;
  denied: boolean;
}

/** Starts a transcript. Times come from the events' own timestamps, so that a replayed recording tells the true ones. */
export function createTranscript({ showThinking, showSystem }: TranscriptOptions): Transcript {
  const calls = new Map<string, Call>();
  const tasks = followBackgroundTasks();
  let initSeen = '';

  function seeAssistant(message: MessageOf<'assistant'>, at: number): Entry[] {
    const depth = depthOf(message);
    const { id: messageId, content } = message.message;
    return content.flatMap((block): Entry[] => {
      switch (block.type) {
        case 'text':
          return [{ kind: 'text', depth, messageId, text: block.text ?? '', failed: message.error !== undefined }];
        case 'thinking':
          return showThinking ? [{ kind: 'thinking', depth, messageId, text: block.thinking ?? '' }] : [];
        case 'redacted_thinking':
          return showThinking ? [{ kind: 'notice', depth, tone: 'minor', text: 'thinking withheld' }] : [];
        case 'tool_use':
        case 'server_tool_use':
        case 'mcp_tool_use': {
          const { id = '', name = '?' } = block;
          const input = describeInput(name, block.input);
          calls.set(id, {
            name,
            input,
            depth,
            startedAt: at,
            background: runsInBackground(block.input),
            spawns: spawnsSubagent(name),
            denied: false,
          });
          return [{ kind: 'call', depth, id, name, input }];
        }
        default:
          return showSystem ? [{ kind: 'notice', depth, tone: 'minor', text: block.type }] : [];
      }
    });
  }

  function seeUser(message: MessageOf<'user'>, at: number): Entry[] {
    const { content } = message.message;
    if (typeof content === 'string') return [];
    const depth = depthOf(message);
    return content.flatMap((block): Entry[] => {
      if (block.type !== 'tool_result') return [];
      const id = block.tool_use_id ?? '';
      const call = calls.get(id);
      if (call && !call.spawns) calls.delete(id);
      const failed = block.is_error === true;
      // A denial has been told, in the same words.
      if (call?.denied === true && failed) return [];
      const elapsed = call === undefined ? Number.NaN : Math.max(0, at - call.startedAt);
      const { name, input } = call ?? { name: 'tool', input: '' };
      const output = describeResult(name, block.content);
      return [
        { kind: 'result', depth, id, name, input, failed, elapsed: Number.isNaN(elapsed) ? null : elapsed, output },
      ];
    });
  }

  function seeSystem(message: SystemMessage): readonly (Notice | null)[] {
    switch (message.subtype) {
      case 'init':
        return seeInit(message);
      case 'task_started':
      case 'task_notification':
        return [tasks.see(message, calls.get(message.tool_use_id ?? '')?.background === true)];
      case 'permission_denied': {
        const call = calls.get(message.tool_use_id);
        if (call) call.denied = true;
        return [describeNotice(message)];
      }
      default:
        return [describeNotice(message)];
    }
  }

  /** Claude introduces itself again at each turn that a background task causes; only news is told. */
  function seeInit(message: MessageOf<'system', 'init'>): readonly (Notice | null)[] {
    const init = describeInit(message);
    if (init.text === initSeen) return [];
    initSeen = init.text;
    return [showSystem ? init : null, describeMissingServers(message)];
  }

  function depthOf({ parent_tool_use_id }: { readonly parent_tool_use_id?: string | null | undefined }): number {
    return parent_tool_use_id ? (calls.get(parent_tool_use_id)?.depth ?? 0) + 1 : 0;
  }

  return {
    see({ message, timestamp }) {
      if (isUnknown(message))
        return showSystem ? [{ kind: 'notice', depth: 0, tone: 'minor', text: nameOf(message) }] : [];
      switch (message.type) {
        case 'assistant':
          return seeAssistant(message, Date.parse(timestamp));
        case 'user':
          return seeUser(message, Date.parse(timestamp));
        case 'system':
          return entriesOf(seeSystem(message));
        default:
          return entriesOf([describeNotice(message)]);
      }
    },
  };
}

function entriesOf(notices: readonly (Notice | null)[]): readonly Entry[] {
  return notices.flatMap((notice) => (notice === null ? [] : [{ kind: 'notice', depth: 0, ...notice }]));
}
