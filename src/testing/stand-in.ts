import type { Action, Printed } from './script.ts';

/** What a program does that stands in for claude. */
export interface StandIn {
  readonly version: string;
  readonly actions: readonly Action[];
  /** A file that gets a line for each start: arguments, folder and prompt. */
  readonly calls?: string;
}

/** The text of a program that can be given as `--claude`: it needs Node and nothing else. */
export function standInProgram(what: StandIn, comment: string): string {
  const json = JSON.stringify(what).replaceAll(/[\u007f-\u009f\u2028\u2029]/g, (sign) => {
    return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `#!/usr/bin/env node\n// ${comment}\n(${standIn.toString()})(${json});\n`;
}

/**
 * Plays a script as claude does headless: `--version`, text, `json` or `stream-json` out, text or `stream-json` in. Over the
 * latter it waits for the prompt, heeds interrupts, and stays until stdin is closed. Its text is all of a program: it
 * names nothing outside of itself, and is plain JavaScript once its types are gone, for modules and scripts alike.
 */
function standIn({ version, actions, calls }: StandIn): void {
  const { appendFileSync } = process.getBuiltinModule('node:fs');
  const args = process.argv.slice(2);
  const valueOf = (flag: string): string | undefined => {
    const at = args.findLastIndex((argument) => argument === flag || argument.startsWith(`${flag}=`));
    return args[at]?.startsWith(`${flag}=`) === true ? args[at].slice(flag.length + 1) : args[at + 1 || args.length];
  };
  const format = valueOf('--output-format') ?? 'text';
  const talks = valueOf('--input-format') === 'stream-json';
  const hasPieces = args.includes('--include-partial-messages');
  let interrupted = false;
  let result: Printed | null = null;
  let wake = (): void => {};
  let code = 0;
  let stdinEnds = (): void => {};
  const stdinEnded = new Promise<void>((resolve) => (stdinEnds = resolve));

  const write = (text: string): Promise<void> =>
    new Promise((resolve) => void process.stdout.write(text, () => resolve()));
  const line = (message: object): Promise<void> => write(`${JSON.stringify(message)}\n`);

  /** It works where it was started, wherever the recorded one did: sluice sees to that. */
  const here = (message: Printed): Printed =>
    message.type === 'system' && 'cwd' in message ? { ...message, cwd: process.cwd() } : message;

  async function print(message: Printed): Promise<void> {
    if (message.type === 'result') result = message;
    if (format === 'stream-json' && (hasPieces || message.type !== 'stream_event')) await line(here(message));
    // What was said meanwhile on stdin comes first.
    await new Promise((resolve) => setImmediate(resolve));
  }

  function pause(ms?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? setInterval(() => {}, 2 ** 30) : setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (interrupted) wake();
    });
  }

  function interrupt(): void {
    interrupted = true;
    wake();
  }

  async function leave(): Promise<never> {
    if (format === 'json' && result !== null) await line(result);
    if (format === 'text' && result !== null)
      await write(`${typeof result['result'] === 'string' ? result['result'] : ''}\n`);
    if (talks && result !== null) await stdinEnded;
    process.exit(code);
  }

  async function play(prompt: string): Promise<void> {
    if (calls !== undefined) appendFileSync(calls, `${JSON.stringify({ args, cwd: process.cwd(), prompt })}\n`);
    for (const action of actions) {
      if (interrupted) break;
      if ('print' in action) await print(action.print);
      if ('wait' in action) await pause(action.wait);
      if ('hang' in action) await pause();
      if ('complain' in action) process.stderr.write(action.complain);
      if ('exit' in action) {
        code = action.exit;
        break;
      }
      if ('die' in action) {
        if (result !== null && talks) await stdinEnded;
        process.kill(process.pid, action.die);
        await pause();
      }
    }
    if (interrupted && result === null) {
      // As 2.1 ends a run that is interrupted.
      await print({
        type: 'result',
        subtype: 'error_during_execution',
        is_error: true,
        duration_ms: 1,
        duration_api_ms: 1,
        num_turns: 1,
        session_id: '11111111-2222-4333-8444-555555555555',
        total_cost_usd: 0,
        usage: { input_tokens: 0, output_tokens: 0 },
        modelUsage: {},
        permission_denials: [],
        errors: [],
        terminal_reason: 'aborted_streaming',
        uuid: '00000000-0000-4000-8000-999999999999',
      });
    }
    await leave();
  }

  function hear(text: string): void {
    const said = JSON.parse(text);
    if (said.type === 'user') {
      const content = said.message?.content ?? '';
      const blocks: readonly { readonly text?: string }[] = typeof content === 'string' ? [{ text: content }] : content;
      void play(blocks.map((block) => block.text ?? '').join('\n'));
    }
    if (said.type !== 'control_request') return;
    const response = { subtype: 'success', request_id: said.request_id, response: {} };
    void line({ type: 'control_response', response });
    if (said.request?.subtype === 'interrupt') interrupt();
  }

  if (args.includes('--version') || args.includes('-v')) {
    process.stdout.write(`${version} (Claude Code)\n`);
    return;
  }
  process.on('SIGINT', interrupt);
  let heard = '';
  let isAsked = false;
  process.stdin.setEncoding('utf8');
  process.stdin.on('data', (piece: string) => {
    heard += piece;
    const lines = talks ? heard.split('\n') : [heard];
    heard = lines.pop() ?? '';
    for (const text of lines.filter((one) => one !== '')) {
      isAsked ||= JSON.parse(text).type === 'user';
      hear(text);
    }
  });
  process.stdin.on('end', () => {
    stdinEnds();
    const typed = valueOf('--print') ?? valueOf('-p') ?? args.find((argument) => !argument.startsWith('-')) ?? '';
    if (!talks) void play([typed, heard].join('\n').trim());
    else if (!isAsked) process.exit(0);
  });
}
