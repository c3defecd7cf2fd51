import type { Conversation } from './conversation.ts';

/**
 * How the stub of the Messages API answers one request, decided from the conversation so far. Keyed on the
 * conversation and not on a request counter, because claude sends requests of its own in between and repeats
 * those that fail.
 */
export type Script = (conversation: Conversation) => Reply;

/** One answer: an assistant turn, or one of the ways in which an API fails to give one. */
export type Reply = Turn | ApiError | Page | Silence | Reset;

/** An assistant turn, streamed or whole as the request asks. */
export interface Turn {
  readonly kind: 'turn';
  readonly blocks: readonly Block[];
  readonly stopReason: StopReason;
  /** Counts that replace the estimated ones. */
  readonly usage: Partial<Usage>;
  /** Wait before the response's headers. */
  readonly delayMs: number;
  /** How the stream ends; only `complete` lets the last block end and says why the model stopped. */
  readonly ending: Ending;
}

/** The wire's `stop_reason`. */
export type StopReason = 'end_turn' | 'tool_use' | 'max_tokens' | 'refusal' | 'pause_turn';

/**
 * `complete`: as it should. The others break off within the last block. `stall`: silence, the socket stays open.
 * `reset`: the connection is torn down. `cut`: a clean end of file. An object: an SSE `error` event.
 */
export type Ending = 'complete' | 'stall' | 'reset' | 'cut' | { readonly type: string; readonly message: string };

/** Token counts, named as on the wire. */
export interface Usage {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cache_creation_input_tokens: number;
  readonly cache_read_input_tokens: number;
}

/** A content block of an assistant turn. */
export type Block = TextBlock | ThinkingBlock | ToolUseBlock;

/** How a block is cut into deltas: pieces of `chunk` characters, `delayMs` apart. By default one piece, at once. */
export interface Pace {
  readonly chunk?: number;
  readonly delayMs?: number;
}

/** What the model says. */
export interface TextBlock {
  readonly type: 'text';
  readonly text: string;
  readonly pace: Pace;
}

/** What the model thinks before it speaks. */
export interface ThinkingBlock {
  readonly type: 'thinking';
  readonly thinking: string;
  readonly pace: Pace;
}

/** A tool call; its id is given by the server, so that no two of a run are the same. */
export interface ToolUseBlock {
  readonly type: 'tool_use';
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** An HTTP error in the API's own shape. */
export interface ApiError {
  readonly kind: 'error';
  readonly status: number;
  readonly type: string;
  readonly message: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Any other body, as a proxy in the way would send it. */
export interface Page {
  readonly kind: 'page';
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** No headers, ever. */
export interface Silence {
  readonly kind: 'silence';
}

/** The connection is reset before any header. */
export interface Reset {
  readonly kind: 'reset';
}

/** A block of text; without a pace it comes in one piece. */
export function text(content: string, pace: Pace = {}): TextBlock {
  return { type: 'text', text: content, pace };
}

/** A block of thinking, signed as the API signs it, though with nothing. */
export function thinking(content: string, pace: Pace = {}): ThinkingBlock {
  return { type: 'thinking', thinking: content, pace };
}

/** A call of a tool by the name under which claude offers it, with whatever input, fitting or not. */
export function toolUse(name: string, input: Readonly<Record<string, unknown>>): ToolUseBlock {
  return { type: 'tool_use', name, input };
}

/** An assistant turn of these blocks; it stops for its tools where it calls any, and else because it is done. */
export function turn(blocks: readonly Block[], details: Partial<Omit<Turn, 'kind' | 'blocks'>> = {}): Turn {
  const stopReason = blocks.some((block) => block.type === 'tool_use') ? 'tool_use' : 'end_turn';
  return { kind: 'turn', blocks, stopReason, usage: {}, delayMs: 0, ending: 'complete', ...details };
}

/** The error type that the API sends with a status, where a status has one. */
const errorTypes: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  529: 'overloaded_error',
};

/** An HTTP error; the type follows from the status. */
export function apiError(status: number, message: string, headers: Readonly<Record<string, string>> = {}): ApiError {
  return { kind: 'error', status, type: errorTypes[status] ?? 'api_error', message, headers };
}

/** A reply that is no message; by default a web page with status 200. */
export function page(body: string, contentType = 'text/html', status = 200): Page {
  return { kind: 'page', status, contentType, body };
}

/** The API never answers. */
export const silence: Silence = { kind: 'silence' };

/** The connection breaks before the reply. */
export const reset: Reset = { kind: 'reset' };

/** A model that declines: no content, `stop_reason: "refusal"`. */
export const refusal: Turn = turn([], { stopReason: 'refusal' });

/** One step of {@link inTurn}: a reply, the blocks of a turn, or a script of its own. */
export type Step = Reply | readonly Block[] | Script;

/** Answers the conversation's first turn with the first step, the second with the second; the last one repeats. */
export function inTurn(first: Step, ...rest: readonly Step[]): Script {
  const steps = [first, ...rest];
  return (conversation) => {
    const step = steps[Math.min(conversation.turns, rest.length)] ?? first;
    if (typeof step === 'function') return step(conversation);
    return isReply(step) ? step : turn(step);
  };
}

function isReply(step: Reply | readonly Block[]): step is Reply {
  return 'kind' in step;
}
