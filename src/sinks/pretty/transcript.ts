import { SYNTHETIC_MODEL } from '../../outcome/answer.ts';
import { isFailedResult, isToolCall, isToolResult } from '../../messages/tool-blocks.ts';
import { type ContentBlock, isUnknown, type MessageOf, type RunEvent } from '../../messages/types.ts';
import { nameOf } from '../../messages/recognise.ts';
import { describeEdit } from './describe-edit.ts';
import { describeInit, describeMissingServers } from './describe-init.ts';
import { describeNotice } from './describe-notice.ts';
import type { SystemMessage } from './describe-system.ts';
import { followBackgroundTasks } from './describe-task.ts';
import { describeInput, describeResult, firstLinesOf, runsInBackground, spawnsSubagent } from './describe-tool.ts';
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
  /** How many lines of a result are shown, at most; default: a few. */
  readonly resultLines?: number;
}

interface Call {
  readonly name: string;
  readonly input: string;
  readonly place: Place;
  readonly startedAt: number;
  readonly background: boolean;
  /** Whether messages of a subagent may still name this call as their parent after its result. */
  readonly spawns: boolean;
  denied: boolean;
}

/**
 * Where an entry belongs, and when it happened. Its parts are written out in what comes often: to spread it took most of a
 * transcript's time.
 */
type Place = Pick<Entry, 'at' | 'thread' | 'depth'>;

/** Starts a transcript. Times come from the events' own timestamps, so that a replayed recording tells the true ones. */
export function createTranscript({ showThinking, showSystem, resultLines }: TranscriptOptions): Transcript {
  const calls = new Map<string, Call>();
  const tasks = followBackgroundTasks();
  let initSeen = '';

  function seeAssistant(message: MessageOf<'assistant'>, at: string): Entry[] {
    const place = placeOf(message, at);
    const { thread, depth } = place;
    const { id: messageId, content, model } = message.message;
    const failed = message.error !== undefined;
    const isSynthetic = model === SYNTHETIC_MODEL;
    return content.flatMap((block): Entry[] => {
      if (isToolCall(block)) return seeCall(block, place);
      if (isToolResult(block)) return seeResult(block, place);
      switch (block.type) {
        case 'text':
          return [
            { at, thread, depth, kind: 'text', messageId, text: block.text ?? '', own: failed || isSynthetic, failed },
          ];
        case 'thinking':
          return showThinking ? [{ ...place, kind: 'thinking', messageId, text: block.thinking ?? '' }] : [];
        case 'redacted_thinking':
          return showThinking ? [{ ...place, kind: 'notice', tone: 'minor', text: 'thinking withheld' }] : [];
        default:
          return showSystem ? [{ ...place, kind: 'notice', tone: 'minor', text: block.type }] : [];
      }
    });
  }

  function seeCall(block: ContentBlock, place: Place): Entry[] {
    const { id = '', name = '?' } = block;
    const input = describeInput(name, block.input);
    calls.set(id, {
      name,
      input,
      place,
      startedAt: Date.parse(place.at),
      background: runsInBackground(block.input),
      spawns: spawnsSubagent(name),
      denied: false,
    });
    const { at, thread, depth } = place;
    return [{ at, thread, depth, kind: 'call', id, name, input }];
  }

  function seeUser(message: MessageOf<'user'>, at: string): Entry[] {
    const { content } = message.message;
    if (typeof content === 'string') return [];
    const details = content.length === 1 ? message.tool_use_result : undefined;
    return content.filter(isToolResult).flatMap((block) => seeResult(block, placeOf(message, at), details));
  }

  /** `details`: what claude tells of the result beside the words for the model. */
  function seeResult(block: ContentBlock, place: Place, details?: unknown): Entry[] {
    const id = block.tool_use_id ?? '';
    const call = calls.get(id);
    if (call && !call.spawns) calls.delete(id);
    const failed = isFailedResult(block);
    // A denial has been told, in the same words.
    if (call?.denied === true && failed) return [];
    // What the API ran itself came in one message with its result.
    const isTimed = call !== undefined && block.type === 'tool_result';
    const elapsed = isTimed ? Math.max(0, Date.parse(place.at) - call.startedAt) : Number.NaN;
    const edit = failed ? null : describeEdit(details);
    const { name, input } = call ?? { name: 'tool', input: '' };
    const output = firstLinesOf(describeResult(name, block.content), failed, resultLines);
    const { at, thread, depth } = place;
    return [
      {
        at,
        thread,
        depth,
        kind: 'result',
        id,
        name,
        input,
        failed,
        elapsed: Number.isNaN(elapsed) ? null : elapsed,
        output,
        edit,
      },
    ];
  }

  function seeSystem(message: SystemMessage, at: string): readonly Entry[] {
    const place = topLevel(at);
    switch (message.subtype) {
      case 'init':
        return seeInit(message, place);
      case 'task_started':
      case 'task_notification':
        return entriesOf(tasks.see(message, calls.get(message.tool_use_id ?? '')?.background === true), place);
      case 'permission_denied': {
        const call = calls.get(message.tool_use_id);
        if (call) call.denied = true;
        return entriesOf(describeNotice(message), { ...place, ...call?.place, at }, { denies: message.tool_use_id });
      }
      default:
        return entriesOf(describeNotice(message), place);
    }
  }

  /** Claude introduces itself again at each turn that a background task causes; only news is told. */
  function seeInit(message: MessageOf<'system', 'init'>, place: Place): readonly Entry[] {
    const facts = describeInit(message);
    const told = facts.join('\n');
    if (told === initSeen) return [];
    initSeen = told;
    const header: Entry[] = showSystem ? [{ ...place, kind: 'facts', facts }] : [];
    return [...header, ...entriesOf(describeMissingServers(message), place)];
  }

  function placeOf(message: { readonly parent_tool_use_id?: string | null | undefined }, at: string): Place {
    const { parent_tool_use_id: thread } = message;
    return thread ? { at, thread, depth: (calls.get(thread)?.place.depth ?? 0) + 1 } : topLevel(at);
  }

  return {
    see({ message, timestamp }) {
      if (isUnknown(message))
        return entriesOf(showSystem ? { tone: 'minor', text: nameOf(message) } : null, topLevel(timestamp));
      switch (message.type) {
        case 'assistant':
          return seeAssistant(message, timestamp);
        case 'user':
          return seeUser(message, timestamp);
        case 'system':
          return seeSystem(message, timestamp);
        default:
          return entriesOf(describeNotice(message), topLevel(timestamp));
      }
    },
  };
}

function topLevel(at: string): Place {
  return { at, thread: null, depth: 0 };
}

function entriesOf(notice: Notice | null, place: Place, more: { readonly denies?: string } = {}): readonly Entry[] {
  return notice === null ? [] : [{ ...place, kind: 'notice', ...notice, ...more }];
}
