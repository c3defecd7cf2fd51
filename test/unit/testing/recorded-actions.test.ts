import { expect, it } from 'vitest';
import { replay } from '../../../src/replay.ts';
import { recordedActions } from '../../../src/testing/recorded-actions.ts';
import { RECORDINGS, streamOf } from '../../support/recordings.ts';

it('does what recordings say, in order and whole', async () => {
  for (const name of RECORDINGS.filter((_, at) => at % 24 === 0)) {
    const { standIn, ending } = await recordedActions(streamOf(name), { env: {} });
    const again = standIn.actions.flatMap((action) => ('print' in action ? [JSON.stringify(action.print)] : []));
    const { class: outcome, report } = await replay(again.join('\n'), {}, [], { env: {} });
    const isTorn = ending.class === 'truncated';
    expect([name, isTorn ? '' : outcome, report.sessionId]).toEqual([
      name,
      isTorn ? '' : ending.class,
      ending.report.sessionId,
    ]);
  }
});

it('goes on for ever where a recording ends without a result, and masks its secrets', async () => {
  const lines = ['{"type":"system","subtype":"init","session_id":"s","cwd":"/x","tools":[],"model":"m"}'];
  const text = `${lines[0]}\n{"type":"news","text":"it is Zx9qLm42PwRt77KdQQ12"}\n`;
  const { standIn } = await recordedActions(text, { env: {}, redactor: { values: ['Zx9qLm42PwRt77KdQQ12'] } });
  expect(standIn.actions).toEqual([
    { print: JSON.parse(String(lines[0])) },
    { print: { type: 'news', text: 'it is [REDACTED:known-value#1]' } },
    { hang: true },
  ]);
});
