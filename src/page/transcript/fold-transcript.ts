import { isRecord } from '../../is-record.ts';
import type { Report } from '../../outcome/report-schema.ts';
import { isFailedResult, isToolCall, isToolResult } from '../../messages/tool-blocks.ts';
import type { ContentBlock, RunEvent } from '../../messages/types.ts';
import { describeInput, describeResult } from '../../sinks/pretty/describe-tool.ts';
import { lineOf } from '../../shorten.ts';
import type { Called, Entry, Words } from './entry.ts';
import { noticeOf } from './notice-of.ts';

type Json = Readonly<Record<string, unknown>>;

/** What claude told of itself when it started. */
export interface Setting {
  readonly model: string | null;
  readonly cwd: string | null;
  readonly version: string | null;
  readonly permissionMode: string | null;
}

/** Makes entries of a run's events, as they come. Of what a message may be, nothing is taken for granted. */
export interface Transcript {
  see(event: RunEvent): void;
  /** A piece of a message that follows whole. */
  piece(event: RunEvent): void;
  readonly entries: readonly Entry[];
  readonly setting: Setting | null;
  /** How it ended; null until then. */
  readonly report: Report | null;
  /** Calls that have no result yet, those of subagents too. */
  readonly open: ReadonlyMap<string, Called>;
}

/** UTF-16 units of what a line tells of a call. */
const MOST_SUMMARY = 600;

/** What claude puts there when it is interrupted (2.1). */
const INTERRUPTED = /^\[Request interrupted by user[^\]]*\]$/;

/** Starts before the first event. */
export function foldTranscript(): Transcript {
  const entries: Entry[] = [];
  const calls = new Map<string, Called>();
  const open = new Map<string, Called>();
  const live = new Map<string, Words>();
  let setting: Setting | null = null;
  let report: Report | null = null;
  let made = 0;

  function whereOf(parent: unknown): Entry[] {
    return (typeof parent === 'string' ? calls.get(parent)?.inside : undefined) ?? entries;
  }

  function put<Kind extends Entry['kind']>(
    where: Entry[],
    entry: Omit<Extract<Entry, { kind: Kind }>, 'key' | 'version'>,
  ) {
    const whole = { ...entry, key: `e${made++}`, version: 0 } as unknown as Extract<Entry, { kind: Kind }>;
    where.push(whole);
    return whole;
  }

  function words(where: Entry[], kind: Words['kind'], at: number, text: string): void {
    if (text.trim() !== '') put<Words['kind']>(where, { kind, at, text, isLive: false });
  }

  function call(where: Entry[], at: number, { id, name = 'a tool', input }: ContentBlock): void {
    const summary = lineOf(describeInput(name, input), MOST_SUMMARY);
    const made = put<'called'>(where, {
      kind: 'called',
      at,
      name,
      summary,
      input,
      result: null,
      progress: null,
      inside: [],
    });
    if (id === undefined) return;
    calls.set(id, made);
    open.set(id, made);
  }

  function result(at: number, block: ContentBlock): void {
    const { tool_use_id: id = '', content } = block;
    const called = calls.get(id);
    if (called === undefined) return;
    open.delete(id);
    called.result = { at, text: describeResult(called.name, content), hasFailed: isFailedResult(block) };
    called.version++;
  }

  function userText(where: Entry[], at: number, text: string): void {
    // Claude's own words, in the place of the user's.
    if (INTERRUPTED.test(text)) put<'noted'>(where, { kind: 'noted', at, tone: 'minor', text });
    else words(where, 'asked', at, text);
  }

  function talk(type: 'assistant' | 'user', message: Json, at: number): void {
    const where = whereOf(message['parent_tool_use_id']);
    const say = (text: string): void => (type === 'user' ? userText(where, at, text) : words(where, 'said', at, text));
    dropLive();
    const { content } = isRecord(message['message']) ? message['message'] : { content: [] };
    if (typeof content === 'string') return say(content);
    for (const block of Array.isArray(content) ? content : []) {
      if (!isBlock(block)) continue;
      if (isToolCall(block)) call(where, at, block);
      else if (isToolResult(block)) result(at, block);
      else if (block.type === 'thinking') words(where, 'thought', at, textOf(block.thinking));
      else if (block.type === 'text') say(textOf(block.text));
      else put<'noted'>(where, { kind: 'noted', at, tone: 'minor', text: `[${block.type}]` });
    }
  }

  function progressed(id: unknown, progress: string): void {
    const called = typeof id === 'string' ? open.get(id) : undefined;
    if (called === undefined) return;
    called.progress = progress;
    called.version++;
  }

  function system(message: Json): void {
    const { subtype, tool_use_id: id, last_tool_name: tool, summary, description } = message;
    if (subtype === 'init') {
      setting = {
        model: textOrNull(message['model']),
        cwd: textOrNull(message['cwd']),
        version: textOrNull(message['claude_code_version']),
        permissionMode: textOrNull(message['permissionMode']),
      };
    }
    if (subtype === 'task_progress') progressed(id, textOf(summary) || textOf(tool) || textOf(description));
  }

  function dropLive(): void {
    for (const entry of live.values()) entries.splice(entries.lastIndexOf(entry), 1);
    live.clear();
  }

  return {
    entries,
    open,
    get setting() {
      return setting;
    },
    get report() {
      return report;
    },
    see({ message: given, timestamp }) {
      const at = Date.parse(timestamp) || 0;
      const message: Json = isRecord(given) ? given : {};
      const { type, subtype } = message;
      if (type === 'assistant' || type === 'user') return talk(type, message, at);
      if (type === 'stream_event') return undefined;
      if (type === 'system') system(message);
      if (type === 'tool_progress') {
        return progressed(message['tool_use_id'], `${Math.round(Number(message['elapsed_time_seconds']) || 0)} s`);
      }
      if (type === 'sluice' && message['code'] === 'ending') {
        dropLive();
        if (isRecord(message['report'])) report = message['report'] as unknown as Report;
        return undefined;
      }
      const notice = noticeOf(message);
      if (notice !== null) put<'noted'>(entries, { kind: 'noted', at, ...notice });
      // What was being written is begun anew.
      if (subtype === 'api_retry') dropLive();
      return undefined;
    },
    piece({ message, timestamp }) {
      const given: unknown = message;
      if (!isRecord(given) || given['type'] !== 'stream_event' || !isRecord(given['event'])) return;
      // A subagent's words are told whole.
      if (typeof given['parent_tool_use_id'] === 'string') return;
      const { type, index, delta, content_block: block } = given['event'];
      if (type === 'message_start') dropLive();
      const kind = kindOf(isRecord(block) ? block['type'] : undefined);
      if (type === 'content_block_start' && kind !== null) {
        const at = Date.parse(timestamp) || 0;
        live.set(String(index), put<Words['kind']>(entries, { kind, at, text: '', isLive: true }));
      }
      const entry = live.get(String(index));
      if (type !== 'content_block_delta' || entry === undefined || !isRecord(delta)) return;
      entry.text += textOf(delta['text']) || textOf(delta['thinking']);
      entry.version++;
    },
  };
}

function kindOf(type: unknown): Words['kind'] | null {
  if (type === 'text') return 'said';
  return type === 'thinking' ? 'thought' : null;
}

function isBlock(value: unknown): value is ContentBlock {
  return (
    isRecord(value) &&
    typeof value['type'] === 'string' &&
    ['id', 'name', 'tool_use_id'].every((field) => value[field] === undefined || typeof value[field] === 'string')
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
