const SESSION = '11111111-2222-4333-8444-555555555555';

/** What is in a report, or on a page, to break it: each harmless where it is shown as it is. */
const ATTACKS = [
  '<script>globalThis.hasRun = true</script>',
  '</script><script>globalThis.hasRun = true</script>',
  '<!--<script>',
  '<img src="http://evil.example/a.png" onerror="globalThis.hasRun = true">',
  '![](http://evil.example/b.png)',
  '[go](javascript:globalThis.hasRun=true) [data](data:text/html,x) [far](https://example.com/ "t")',
  '<style>* { display: none !important }</style><svg onload="globalThis.hasRun = true">',
  '<iframe src="http://evil.example"></iframe><base href="http://evil.example"><meta http-equiv="refresh" content="0">',
  '\u202Etxt.exe\u202C \u2066isolated \u200F',
  `Z${'\u0301'.repeat(500)}`,
  '> '.repeat(2_000),
  '- '.repeat(2_000),
  '['.repeat(10_000),
  '*a_ '.repeat(3_000),
  '`'.repeat(5_000),
  `${'|a'.repeat(300)}\n${'|-'.repeat(300)}\n${'|b'.repeat(300)}`,
  'W'.repeat(200_000),
  '__proto__',
  '\u2028\u2029\u0000\u001B[31m',
];

/** Messages whose shape is not what it should be. */
const ODD = [
  { type: 'assistant' },
  { type: 'assistant', message: null },
  { type: 'assistant', message: { id: 1, content: [null, 7, 'x', { type: 3 }, { type: 'tool_use', name: {} }] } },
  { type: 'user', message: { content: { a: 1 } } },
  { type: 'system', subtype: 'compact_boundary' },
  { type: '__proto__' },
  { type: '<b>new</b>', text: '</script>' },
  { type: 'rate_limit_event', rate_limit_info: { status: 'rejected', resetsAt: 1e300 } },
];

const usage = { input_tokens: 1, output_tokens: 1 };

/** A recording whose texts, names and inputs are made to break what shows them. */
export function hostileRecording(): string {
  const unbroken = 'W'.repeat(1_000);
  return recording([
    { type: 'system', subtype: 'init', model: unbroken, cwd: unbroken, tools: [unbroken], permissionMode: unbroken },
    ...ATTACKS.flatMap((attack, index) => [
      said(`a${index}`, attack),
      { type: 'user', message: { role: 'user', content: attack } },
      {
        type: 'assistant',
        message: {
          id: `b${index}`,
          model: attack.slice(0, 200),
          content: [
            { type: 'thinking', thinking: attack },
            { type: 'tool_use', id: `t${index}`, name: attack.slice(0, 200), input: { [attack.slice(0, 50)]: attack } },
          ],
          usage,
        },
      },
      {
        type: 'user',
        message: { role: 'user', content: [{ type: 'tool_result', tool_use_id: `t${index}`, content: attack }] },
      },
    ]),
    ...ODD,
    said('last', 'said at last'),
  ]);
}

/** A recording of so many messages. */
export function longRecording(count: number): string {
  return recording([
    ...Array.from({ length: count - 1 }, (_, index) =>
      said(`m${index}`, `message ${index + 1}. ${'It says **something**. '.repeat(index % 7)}`),
    ),
    said('last', 'said at last'),
  ]);
}

function said(id: string, text: string): object {
  return { type: 'assistant', message: { id, model: 'sonnet', content: [{ type: 'text', text }], usage } };
}

function recording(messages: readonly object[]): string {
  const start = Date.parse('2026-11-30T03:00:00Z');
  const lines = messages.map((message, index) =>
    JSON.stringify({
      sequence: index + 1,
      timestamp: new Date(start + index * 1_000).toISOString(),
      sessionId: SESSION,
      message,
      redactions: 0,
      truncated: false,
    }),
  );
  return `${lines.join('\n')}\n`;
}
