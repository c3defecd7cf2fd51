/**
 * Scripts for the end-to-end tests: each makes the real claude live through one ending or habit. What a scenario
 * needs beside its script (a flag, an environment variable) stands in its comment.
 */
import { apiError, inTurn, page, refusal, reset, silence, text, toolUse, turn } from '../../src/demo/script.ts';
import type { Block, Script } from '../../src/demo/script.ts';

/** One short answer. */
export const plain: Script = inTurn([text('Hello from the stub.')]);

/** Says back what it was told, word for word. */
export const echo: Script = ({ prompt }) => turn([text(prompt)]);

/** Answers nothing at all. */
export const wordless: Script = inTurn([]);

/** What may not be done without asking: a command that writes elsewhere, a file in /etc. */
export const denied: Script = inTurn(
  [text('I will try.'), bash('touch /var/sluice-was-here')],
  [toolUse('Write', { file_path: '/etc/sluice-was-here', content: 'no' })],
  [text('Neither was allowed.')],
);

/** Prints the environment, a private key and a registry's token. With `--allowed-tools=Bash`. */
export const filesWithSecrets: Script = inTurn(
  [bash('env; cat id_rsa .npmrc')],
  [bash('cat -n id_rsa; head -3 id_rsa')],
  [text('That was everything.')],
);

/** Never comes to an end by itself. With `--max-turns`. */
export const endlessTurns: Script = ({ turns }) => turn([bash(`echo turn ${turns + 1}`)]);

/** One turn that costs more than a dollar. With `--max-budget-usd`. */
export const expensive: Script = inTurn(
  turn([bash('echo spent')], { usage: { input_tokens: 500_000, output_tokens: 100_000 } }),
  [text('Affordable after all.')],
);

/** A tool of an MCP server. With `--mcp-config` and `--allowed-tools=mcp__SERVER`. */
export function mcpCall(tool: string, input: Readonly<Record<string, unknown>>): Script {
  return inTurn([toolUse(tool, input)], ({ toolResults }) => turn([text(`It said: ${toolResults.at(-1)?.text}`)]));
}

/** Hands a task to a subagent in the foreground, which runs one command and reports. */
export const subagent: Script = (conversation) =>
  conversation.prompt.startsWith(subagentTask) ? subagentItself(conversation) : subagentCaller(conversation);

const subagentTask = 'Run echo and report what it prints.';

/** Newer versions run an agent in the background unless told otherwise. */
const agent = { description: 'Run echo', prompt: subagentTask, subagent_type: 'general-purpose' };

const subagentCaller = inTurn(
  [toolUse('Agent', { ...agent, run_in_background: false })],
  [text('The subagent is back.')],
);

/** Hands the task to a subagent in the background, answers, and says more once that one is back. */
export const subagentBehind: Script = (conversation) =>
  conversation.prompt.startsWith(subagentTask) ? subagentItself(conversation) : subagentSender(conversation);

const subagentSender = inTurn(
  [toolUse('Agent', { ...agent, run_in_background: true })],
  [text('It is on its way.')],
  [text('It came back with "from below".')],
);

const subagentItself = inTurn([bash('echo from below')], [text('It prints "from below".')]);

/**
 * A foreground command that outlives every patience: for interrupts, timeouts and the sweep. Not a lone `sleep 60`,
 * which newer versions refuse to run.
 */
export const sleeping: Script = inTurn(
  [text('This takes a minute.'), bash('echo started; sleep 60; echo finished')],
  [text('Awake.')],
);

/** Text in many small pieces, a minute of it, which nobody waits for: for interrupts and the live display. */
export const slowText: Script = inTurn([text('word '.repeat(3_000).trim(), { chunk: 5, delayMs: 20 })]);

/** Structured output as asked for. With `--json-schema`; the value is to fit it. */
export function structured(value: Readonly<Record<string, unknown>>): Script {
  return inTurn([toolUse('StructuredOutput', value)], [text('Filled in.')]);
}

/** Structured output that never fits. With a `--json-schema` that requires any other field. */
export const structuredViolated: Script = () => turn([toolUse('StructuredOutput', { unheardOf: true })]);

/** Answers in prose though asked for structured output. With `--json-schema`. */
export const structuredForgotten: Script = plain;

/** The model declines. */
export const refused: Script = () => refusal;

/** The reply is cut off at the token limit, for ever. */
export const tokenLimit: Script = () => turn([text('And then, and then')], { stopReason: 'max_tokens' });

/** Errors that claude does not get past; it retries 401, 429, 529 and 500 until `CLAUDE_CODE_MAX_RETRIES` is spent. */
export const badRequest: Script = () => apiError(400, 'messages.0.content.0: unexpected value');
export const tooLarge: Script = () => apiError(413, 'Request exceeds the maximum size');
export const unauthenticated: Script = () => apiError(401, 'invalid x-api-key');
export const forbidden: Script = () => apiError(403, 'Your account does not have access to Claude Code.');
export const unknownModel: Script = ({ model }) => apiError(404, `model: ${model}`);
export const unpaid: Script = () => apiError(400, 'Your credit balance is too low to access the Anthropic API.');
export const promptTooLong: Script = () => apiError(400, 'prompt is too long: 1200345 tokens > 1000000 maximum');
export const rateLimited: Script = () => apiError(429, 'Number of requests has exceeded your rate limit.');
export const rateLimitedForAnHour: Script = () =>
  apiError(429, 'Number of requests has exceeded your hourly rate limit.', { 'retry-after': '3600' });
export const overloaded: Script = () => apiError(529, 'Overloaded');
export const broken: Script = () => apiError(500, 'Internal server error');

/** What each time one retry gets past. */
export const failingOnceEach: Script = (conversation) => {
  const failures = [
    apiError(429, 'Slow down.', { 'retry-after': '1' }),
    apiError(500, 'Oops'),
    apiError(529, 'Overloaded'),
    reset,
    turn(halfAnAnswer(), { ending: 'reset' }),
  ];
  return failures[conversation.attempt - 1] ?? plain(conversation);
};

/** No answer, not even a header. */
export const hanging: Script = () => silence;

/** Silence in the middle of the text. */
export const stalling: Script = () => turn(halfAnAnswer(), { ending: 'stall' });

/** The connection goes away: before the reply, or in its middle. */
export const resetBeforeReply: Script = () => reset;
export const resetMidStream: Script = () => turn(halfAnAnswer(), { ending: 'reset' });

/** The stream ends cleanly, but in the middle. */
export const cutShort: Script = () => turn(halfAnAnswer(), { ending: 'cut' });

/** The API gives up in the middle of a stream. */
export const errorEvent: Script = () =>
  turn(halfAnAnswer(), { ending: { type: 'overloaded_error', message: 'Overloaded' } });

/** What is no message at all: half an event, a proxy's page, nothing. */
export const malformedStream: Script = () =>
  page('event: message_start\ndata: {"type":"message_start","mess\n\n', 'text/event-stream');
export const htmlPage: Script = () => page('<!doctype html><title>Sign in to the hotel network</title>');
export const emptyStream: Script = () => page('', 'text/event-stream');

function bash(command: string): Block {
  return toolUse('Bash', { command, description: `Run ${command.split(' ', 1)[0]}` });
}

function halfAnAnswer(): readonly Block[] {
  return [text('The answer to that is')];
}

/** Answers with a text, in pieces of a few characters. */
export function saying(content: string): Script {
  return inTurn([text(content, { chunk: 4 })]);
}

/** Reads files, all in one turn. */
export function reading(files: readonly string[]): Script {
  return inTurn(
    files.map((file) => toolUse('Read', { file_path: file })),
    [text('Read.')],
  );
}

/** Says how many turns it remembers; slowly when it is asked to. */
export const remembering: Script = ({ turns, prompt }) =>
  turn([
    text(`Turn ${turns + 1}.`),
    ...(prompt === 'slowly' ? [text('word '.repeat(1_200), { chunk: 5, delayMs: 50 })] : []),
  ]);
