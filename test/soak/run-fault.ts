import { dirname } from 'node:path';
import process from 'node:process';
import { startMessagesApi } from '../../src/demo/messages-api.ts';
import type { RunRequest } from '../../src/index.ts';
import { CLAUDE } from '../support/claude.ts';
import { FAKE_CLAUDE } from '../support/fake.ts';
import type { Place } from '../torture/place.ts';
import type { Fault } from './faults.ts';
import { plainly } from './ways.ts';

/**
 * Runs claude with a fault.
 * @param signal never aborted; it outlives the run, as an application's own would
 * @returns what was not as it should be, or null
 */
export async function runFault(fault: Fault, place: Place, signal: AbortSignal): Promise<string | null> {
  const { name, claude, options = {}, way = plainly, endings } = fault;
  const api = typeof claude === 'function' ? await startMessagesApi(claude) : null;
  try {
    const given: RunRequest = {
      prompt: 'hi',
      cwd: place.project,
      claudePath: api === null ? FAKE_CLAUDE : CLAUDE,
      retries: 0,
      ...options,
    };
    const env = {
      PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
      HOME: place.home,
      DISABLE_TELEMETRY: '1',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      IS_SANDBOX: '1',
      ANTHROPIC_API_KEY: 'sk-ant-fake-0000',
      ANTHROPIC_BASE_URL: api?.url ?? 'http://127.0.0.1:9',
      FAKE_CLAUDE: typeof claude === 'function' ? undefined : JSON.stringify(claude),
    };
    const ending = await way(given, { env, signal });
    return endings.includes(ending) ? null : `${name}: ended as ${ending}, not as ${endings.join(' or ')}`;
  } finally {
    await api?.close();
  }
}
