/** What a fake claude, or a run of a gateway for tests, does next. */
export type Step =
  /** says something */
  | { readonly say: string }
  /** calls a tool, and has its result */
  | { readonly use: ToolUse }
  /** prints any message of claude's, as it is */
  | { readonly print: Printed }
  /** gives the result; a success with the last text, unless these fields say otherwise. Without such a step it comes last */
  | { readonly result: Readonly<Record<string, unknown>> }
  /** waits for so many milliseconds, or until it is interrupted */
  | { readonly wait: number }
  /** does nothing until it is interrupted */
  | { readonly hang: true }
  /** says something on stderr; a gateway for tests has none */
  | { readonly complain: string }
  /** ends with that exit code, without a result if none was given; at a gateway for tests the code is not known */
  | { readonly exit: number };

export interface ToolUse {
  readonly tool: string;
  readonly input?: Readonly<Record<string, unknown>>;
  readonly result?: string;
  readonly isError?: boolean;
}

/** A message, as a line of stream-json has it. */
export type Printed = Readonly<Record<string, unknown>> & { readonly type: string };

/** The same in the few words that those who play it know. */
export type Action =
  | { readonly print: Printed }
  | { readonly wait: number }
  | { readonly hang: true }
  | { readonly complain: string }
  | { readonly exit: number }
  | { readonly die: NodeJS.Signals };

/** The version that a fake claude says it is. */
export const VERSION = '2.1.197';

const SESSION = '11111111-2222-4333-8444-555555555555';

/** A script in those words: it begins with a session and ends with a result, unless it says otherwise. */
export function actionsOf(steps: readonly Step[]): readonly Action[] {
  let count = 0;
  let text = '';
  const uuid = (): string => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`;
  const common = () => ({ session_id: SESSION, uuid: uuid() });
  const assistant = (content: object): Action => ({
    print: {
      type: 'assistant',
      message: {
        id: `msg_${count + 1}`,
        type: 'message',
        role: 'assistant',
        model: 'fake-model',
        content: [content],
        stop_reason: null,
        stop_sequence: null,
        usage: { input_tokens: 1, output_tokens: 1 },
      },
      parent_tool_use_id: null,
      ...common(),
    },
  });
  const result = (fields: Readonly<Record<string, unknown>>): Action => ({
    print: {
      type: 'result',
      subtype: 'success',
      is_error: false,
      duration_ms: 10,
      duration_api_ms: 5,
      num_turns: 1,
      result: text,
      stop_reason: 'end_turn',
      total_cost_usd: 0.001,
      usage: { input_tokens: 1, output_tokens: 1 },
      modelUsage: {},
      permission_denials: [],
      ...common(),
      ...fields,
    },
  });

  function played(step: Step): readonly Action[] {
    if ('say' in step) {
      text = step.say;
      return [assistant({ type: 'text', text })];
    }
    if ('use' in step) {
      const { tool, input = {}, result: content = '', isError = false } = step.use;
      const id = `toolu_${count + 1}`;
      const answer = { type: 'tool_result', tool_use_id: id, content, is_error: isError };
      return [
        assistant({ type: 'tool_use', id, name: tool, input }),
        {
          print: { type: 'user', message: { role: 'user', content: [answer] }, parent_tool_use_id: null, ...common() },
        },
      ];
    }
    return ['result' in step ? result(step.result) : step];
  }

  const actions = steps.flatMap(played);
  const [first] = actions;
  const begins = first !== undefined && isOf(first, 'system') ? [] : [{ print: sessionBegins(common()) }];
  const ends = actions.some((action) => isOf(action, 'result') || 'exit' in action) ? [] : [result({})];
  return [...begins, ...actions, ...ends];
}

function isOf(action: Action, type: string): boolean {
  return 'print' in action && action.print.type === type;
}

function sessionBegins(common: object): Printed {
  return {
    type: 'system',
    subtype: 'init',
    cwd: '/',
    tools: ['Bash', 'Read', 'StructuredOutput'],
    mcp_servers: [],
    model: 'fake-model',
    permissionMode: 'default',
    slash_commands: [],
    apiKeySource: 'none',
    claude_code_version: VERSION,
    output_style: 'default',
    agents: [],
    ...common,
  };
}
