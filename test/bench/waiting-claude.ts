import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A claude that waits for its prompt, with nothing around it. */
export interface WaitingClaude {
  /** Asks it, and takes the milliseconds until it has ended. */
  ask(): Promise<number>;
}

const ARGUMENTS = ['-p', '--output-format=stream-json', '--input-format=stream-json', '--verbose'];

/** Starts it, and waits until it answers. */
export async function startWaitingClaude(claude: string, env: NodeJS.ProcessEnv, cwd: string): Promise<WaitingClaude> {
  const child = spawn(claude, ARGUMENTS, { env, cwd, stdio: ['pipe', 'pipe', 'ignore'] });
  const lines = createInterface({ input: child.stdout });
  const say = (message: unknown): void => void child.stdin.write(`${JSON.stringify(message)}\n`);
  say({ type: 'control_request', request_id: '1', request: { subtype: 'mcp_status' } });
  await once(lines, 'line');
  return {
    async ask() {
      lines.on('line', (line) => {
        if (line.includes('"type":"result"')) child.stdin.end();
      });
      const start = performance.now();
      say({
        type: 'user',
        message: { role: 'user', content: [{ type: 'text', text: 'hi' }] },
        parent_tool_use_id: null,
        session_id: '',
      });
      const [code] = await once(child, 'exit');
      if (code !== 0) throw new Error(`the waiting claude ended with ${String(code)}`);
      return performance.now() - start;
    },
  };
}
