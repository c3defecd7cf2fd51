import { expect, it } from 'vitest';
import { approverOf } from '../../../src/run/shown-call.ts';
import type { ToolCall } from '../../../src/run/tool-call.ts';
import { createRedactor } from '../../../src/secrets/redactor.ts';

it('shows a call, and why claude asks, with secrets masked and nothing that acts on a terminal', async () => {
  const seen: ToolCall[] = [];
  const approve = approverOf(
    {
      canUseTool(call) {
        seen.push(call);
        return { behavior: 'allow' };
      },
    },
    createRedactor({ env: { DEPLOY_TOKEN: 'plum-otter-4471' } }),
  );
  const command = 'login plum-otter-4471 \u001B[2J';
  const call = {
    id: 'toolu_1',
    tool: 'Bash',
    input: { command },
    digest: 'sha256:1',
    reason: `a hook asks: ${command}`,
  };
  await approve?.(call, new AbortController().signal);
  expect(seen).toEqual([{ ...call, reason: expect.any(String), shown: expect.any(String) }]);
  const [{ reason, shown } = { reason: '', shown: '' }] = seen;
  for (const text of [reason, shown]) {
    expect(text).toContain('login [REDACTED:env-secret#1]');
    expect(text).not.toContain('\u001B');
  }
});
