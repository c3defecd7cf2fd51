import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { inTurn, text, toolUse } from '../../../src/demo/script.ts';
import { OBEDIENT_CLAUDE, toDo } from '../../support/by-hand.ts';
import { begin, type Step, succeed } from '../../support/fake.ts';
import { type ClientOptions, type Era, ERAS, type McpServer, startMcp, WAYS } from '../../support/mcp.ts';
import { shared } from '../../support/shared.ts';
import { stub } from '../../support/stub.ts';

const command = "echo 'made by claude' > made";
const FLAGS = ['--ask-tools', 'Bash', '--audit', 'audit.log'];

/** Asks for a call, and says what it was told. */
const making: readonly Step[] = [
  ...begin,
  { ask: { subtype: 'can_use_tool', tool_name: 'Bash', tool_use_id: 'toolu_1', input: { command } } },
  ...succeed,
];

/** What becomes of a query when the user of its client answers so; null: nobody can be asked there. */
async function asked(server: McpServer, era: Era, answers: readonly boolean[] | null) {
  const messages: string[] = [];
  const onElicit = (message: string): boolean => answers?.[messages.push(message) - 1] === true;
  const options: ClientOptions = answers === null ? {} : { onElicit };
  const client = await server.connect(era, options);
  const bundles: unknown[] = [];
  for (let nth = 0; nth < (answers?.length ?? 1); nth++) {
    const { structuredContent } = await client.callTool({ name: 'claude_query', arguments: toDo(making) });
    bundles.push(structuredContent);
  }
  return { bundles, messages };
}

/** What claude was told, as the fake one repeats it. */
function toldIn(bundle: unknown): string | undefined {
  return /\\"behavior\\":\\"(\w+)\\"/.exec(JSON.stringify(bundle))?.[1];
}

/** The last lines of the audit, which are written a moment after the answers. */
async function auditOf({ home }: McpServer, runIds: readonly unknown[]): Promise<readonly unknown[]> {
  return vi.waitFor(() => {
    const lines = readFileSync(join(home.project, 'audit.log'), 'utf8').trim().split('\n');
    const found = lines.map((line): unknown => JSON.parse(line)).filter((line) => runIds.includes(Object(line).runId));
    expect(found).toHaveLength(runIds.length);
    return found;
  });
}

const approval = { tool: 'Bash', because: 'answered', by: 'test 1.0.0' };

describe('the user of a client', () => {
  const overHttp = shared(() => startMcp('http', FLAGS, { claude: OBEDIENT_CLAUDE }));

  it.each(WAYS)('of the %s era allows and denies calls over %s, whole as they are', async (era, wire) => {
    const server = wire === 'http' ? overHttp() : await startMcp(wire, FLAGS, { claude: OBEDIENT_CLAUDE });
    const { bundles, messages } = await asked(server, era, [true, false]);
    const shown = expect.stringContaining(`"command": "${command}"`);
    expect(messages).toEqual([shown, shown]);
    expect(bundles.map(toldIn)).toEqual(['allow', 'deny']);
    const wanted = ['allowed', 'denied'].map((decision) => ({ approvals: [{ ...approval, decision }] }));
    expect(bundles).toMatchObject(wanted);
    expect(
      await auditOf(
        server,
        bundles.map((bundle) => Object(bundle).runId),
      ),
    ).toMatchObject(wanted);
  });

  it.each(ERAS)('denies a call by being nobody whom the client can ask, in the %s era', async (era) => {
    const { bundles } = await asked(overHttp(), era, null);
    expect(bundles.map(toldIn)).toEqual(['deny']);
  });

  it('has the real claude make a call, and not make another', async () => {
    const call = (command: string) => [toolUse('Bash', { command, description: 'make it' })];
    const script = inTurn(call('touch made'), call('touch unmade'), [text('Over.')]);
    const server = await startMcp('http', ['--ask-tools', 'Bash'], { api: await stub(script) });
    const messages: string[] = [];
    const client = await server.connect('modern', { onElicit: (message) => messages.push(message) === 1 });
    const { structuredContent } = await client.callTool({ name: 'claude_query', arguments: { prompt: 'make it' } });
    expect(structuredContent).toMatchObject({
      outcome: { class: 'success' },
      approvals: [
        { ...approval, decision: 'allowed' },
        { ...approval, decision: 'denied' },
      ],
      permissionDenials: [{ tool_name: 'Bash' }],
    });
    const made = ['made', 'unmade'].map((name) => existsSync(join(server.home.project, name)));
    expect([messages.length, ...made]).toEqual([2, true, false]);
  });
});
