import { describe, expect, it } from 'vitest';
import { createNarrator, type Telling } from '../../../../src/servers/mcp/progress/narrator.ts';
import { assistant, init, result, toolResult, toolUse, user, type Raw } from '../../outcome/evidence.ts';
import { eventsOf } from './faces.ts';

const tell = (...messages: readonly Raw[]): readonly Telling[] => {
  const narrator = createNarrator();
  return eventsOf(messages).flatMap((event) => narrator.see(event));
};

const sluice = (subtype: string, text: string): Raw => ({ type: 'sluice', subtype, code: 'x', text });

describe('the lines that a run is told in', () => {
  it('are one a message, and say how much it matters', () => {
    expect(
      tell(
        init(),
        assistant([toolUse('t', 'Read')]),
        user([toolResult('t')]),
        assistant([toolUse('u', 'Bash')]),
        user([toolResult('u', true)]),
        sluice('notice', 'a notice'),
        sluice('warning', 'a warning'),
        sluice('error', 'an error'),
        assistant('All is well.\n\nReally.'),
        result(),
      ).map(({ level, text }) => `${level}: ${text}`),
    ).toMatchInlineSnapshot(`
      [
        "info: · claude-opus-4-8 · /workspace · default permissions · 2 tools · session e3c9e254-0f2e-4662-8047-6183c453dab1",
        "debug: ● Read",
        "debug: ✓ Read · 0 ms · x",
        "debug: ● Bash",
        "debug: ✗ Bash · 0 ms · x",
        "notice: ◇ a notice",
        "warning: ⚠ a warning",
        "error: ✗ an error",
        "debug: All is well. ↵ Really.",
      ]
    `);
  });

  it('hold nothing that acts on a terminal, and are no longer than can be read', () => {
    const [{ text }] = tell(assistant(`\u001B[2J\u202E##vso[x]\r\n${'é'.repeat(500)}`)) as [Telling];
    expect(text).toMatch(/^␛\[2J‹U\+202E›##·vso\[x\] ↵ é+…$/);
    expect(text.length).toBeLessThan(210);
  });

  it('are none for what a person need not see', () => {
    expect(tell({ type: 'keep_alive' }, result(), assistant('  \n '))).toEqual([]);
  });

  it('count the turns of the main thread alone', () => {
    const narrator = createNarrator();
    const messages = [
      assistant('One.'),
      assistant('Still one.'),
      assistant('Aside.', { parent_tool_use_id: 't' }, { id: 'm7' }),
      assistant('Two.', {}, { id: 'm2' }),
    ];
    for (const event of eventsOf(messages)) narrator.see(event);
    expect(narrator.turns()).toBe(2);
  });
});
