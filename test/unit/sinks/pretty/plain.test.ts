import { describe, expect, it } from 'vitest';
import { calls, endingOf, init, returns, says, streams, system, thinks } from './events.ts';
import { look, lookAt } from './runs.ts';

const conversation = [
  init(),
  ...streams(['Half a te']),
  says('First line.\n\n- a bullet\n'),
  calls('t1', 'Bash', { command: 'npm test' }),
  4000,
  returns('t1', 'Exit code 1\nFAIL pay.test.ts', true),
  calls('agent', 'Agent', { description: 'fix it' }),
  calls('s1', 'Edit', { file_path: 'src/pay.ts' }, 'agent'),
  returns('s1', 'ok', false, 'agent'),
  returns('agent', 'fixed'),
];

describe('pretty off a terminal', () => {
  it('is a log of one event a line', async () => {
    const log = await look(conversation, { isTTY: false, width: Infinity, showSystem: true });
    expect(log).toMatchInlineSnapshot(`
      "05:30:00Z │ · claude-opus-5-5 · /workspace · default permissions · 2 tools · claude 2.1.329 · session e3c9e254-0f2e-4662-8047-6183c453dab1
      05:30:00Z │ First line.
                │
                │ • a bullet
      05:30:00Z │ ● Bash npm test
      05:30:04Z │   ✗ 4.1 s · Exit code 1
                │     FAIL pay.test.ts
      05:30:04Z │ ● Agent fix it
      05:30:04Z │ │ ● Edit src/pay.ts
      05:30:05Z │ │   ✓ 100 ms · ok
      05:30:05Z │   ✓ Agent fix it · 300 ms · fixed
      05:30:04Z │ ✓ success
                │   2 turns · 4.2 s · 1,230 tokens in · 40 out · $0.0022 · auth: ANTHROPIC_API_KEY · session e3c9e254-0f2e-4662-8047-6183c453dab1
      "
    `);
  });

  it('is clipped to 60 columns when asked', async () => {
    const log = await lookAt([calls('t1', 'Bash', { command: 'x'.repeat(200) })], { isTTY: false, width: 60 });
    expect(log).toMatchInlineSnapshot(`
      "05:30:00Z │ ● Bash xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
      "
    `);
  });

  it('has no escape and moves no cursor, and has colours when they are forced', async () => {
    const log = await look(conversation, { isTTY: false });
    expect(log).not.toContain('\u001B');
    expect(log).not.toContain('\r');
    expect(await look(conversation, { isTTY: false, colorLevel: 1 })).toContain('\u001B[31m');
  });

  it('shows thinking on request', async () => {
    expect(await lookAt([thinks('Hmm.\nWell.')], { isTTY: false })).toBe('');
    expect(await lookAt([thinks('Hmm.\nWell.')], { isTTY: false, showThinking: true })).toBe(
      '05:30:00Z │ Hmm.\n          │ Well.\n',
    );
  });

  it('leaves nothing that a CI system would take for a command', async () => {
    const attack =
      '::error::x\n  ::set-output name=a::b\n##[command]x\n##vso[task.setvariable]y\n##teamcity[x]\r::stop::';
    const log = await look(
      [
        says(attack),
        calls('t1', 'Bash', { command: attack }),
        returns('t1', attack, true),
        system('notification', { key: 'k', text: attack, priority: 'low' }),
      ],
      { isTTY: false, width: Infinity, ending: endingOf({ class: 'failed', message: attack, warnings: [attack] }) },
    );
    expect(log).not.toMatch(/^\s*(?:::|##)/m);
    expect(log).not.toMatch(/##(?:\[|vso\[|teamcity\[)/);
    expect(log).toMatchInlineSnapshot(`
      "05:30:00Z │ ::error::x
                │   ::set-output name=a::b
                │ ##·[command]x
                │ ##·vso[task.setvariable]y
                │ ##·teamcity[x]␍::stop::
      05:30:00Z │ ● Bash ::error::x ↵ ::set-output name=a::b ↵ ##·[command]x ↵ ##·vso[task.setvariable]y ↵ ##·teamcity[x]␍::stop::
      05:30:00Z │   ✗ 100 ms · ::error::x
                │       ::set-output name=a::b
                │     ##·[command]x
                │     ##·vso[task.setvariable]y
                │     ##·teamcity[x]␍::stop::
      05:30:00Z │ ◇ ::error::x ↵ ::set-output name=a::b ↵ ##·[command]x ↵ ##·vso[task.setvariable]y ↵ ##·teamcity[x]␍::stop::
      05:30:04Z │ ✗ failed: ::error::x ↵ ::set-output name=a::b ↵ ##·[command]x ↵ ##·vso[task.setvariable]y ↵ ##·teamcity[x]␍::stop::
                │   2 turns · 4.2 s · 1,230 tokens in · 40 out · $0.0022 · auth: ANTHROPIC_API_KEY · session e3c9e254-0f2e-4662-8047-6183c453dab1
                │ ⚠ ::error::x ↵ ::set-output name=a::b ↵ ##·[command]x ↵ ##·vso[task.setvariable]y ↵ ##·teamcity[x]␍::stop::
      "
    `);
  });

  it('prints what the partial messages held when no whole one came', async () => {
    const ending = endingOf(
      { class: 'interrupted', message: 'interrupted' },
      { partial: true, result: { success: false, summary: 'Half a te' } },
    );
    expect(await look(streams(['Half a te']), { isTTY: false, ending })).toContain('│ Half a te\n');
  });
});
