import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message, RunEvent } from '../../../src/messages/types.ts';
import { isUnknown } from '../../../src/messages/types.ts';
import { createRedactor, type Redactor } from '../../../src/secrets/redactor.ts';
import { documents } from '../secrets/documents.ts';
import { createDraw } from '../secrets/random-secrets.ts';
import { NOON, redactedBatches } from './redacted.ts';
import { blockStop, delta, message, type Piece, PIECES, streamEvent } from './messages.ts';

const draw = createDraw(23);
const SECRETS = [`ghp_${draw(36)}`, `npm_${draw(36)}`, `ghp_${draw(36)}`] as const;
const [SECRET] = SECRETS;

const bare = () => createRedactor({ env: {} });

async function redacted(batches: readonly (readonly Message[])[], redactor: Redactor = bare()): Promise<RunEvent[]> {
  return (await redactedBatches(batches, redactor)).flat();
}

/** The text that came out for one content block, in all. */
function textOf(events: readonly RunEvent[], piece: Piece, index = 0, parent: string | null = null): string {
  return events
    .map(({ message }) => {
      if (isUnknown(message) || message.type !== 'stream_event') return '';
      const here = message.event.index === index && (message.parent_tool_use_id ?? null) === parent;
      return here ? (message.event.delta?.[piece] ?? '') : '';
    })
    .join('');
}

function kindsOf(events: readonly RunEvent[]): string[] {
  return events.map(({ message }) =>
    !isUnknown(message) && message.type === 'stream_event' ? message.event.type : message.type,
  );
}

/** Numbers of placeholders depend on the order in which blocks are released. */
const unnumbered = (text: string) => text.replaceAll(/#\d+\]/g, '#]');

describe('redact', () => {
  it('masks every string at any depth, keys included, and counts', async () => {
    const [event] = await redacted([
      [message('hologram', { text: `a ${SECRET}`, deep: [{ [`k ${SECRETS[1]}`]: { list: ['x', SECRET] } }] })],
    ]);
    expect(event?.message).toEqual(
      expect.objectContaining({
        text: 'a [REDACTED:github-token#1]',
        deep: [{ 'k [REDACTED:npm-token#1]': { list: ['x', '[REDACTED:github-token#1]'] } }],
      }),
    );
    expect(event?.redactions).toBe(3);
  });

  it('hands on the very same message when there is nothing in it', async () => {
    const messages = [
      message('keep_alive'),
      message('hologram', { text: 'plain' }),
      message('system', { subtype: 'status', status: null }),
      streamEvent({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
    ];
    const events = await redacted([messages]);
    expect(events.map((event) => event.message === messages[event.sequence - 1])).toEqual([true, true, true, true]);
    expect(events.map((event) => event.redactions)).toEqual([0, 0, 0, 0]);
  });

  it('leaves image data and signatures as they are', async () => {
    const base64 = `${draw(120)}${SECRET.replace('_', '/')}==`;
    const source = { type: 'base64', media_type: 'image/png', data: base64 };
    const content = [
      { type: 'tool_result', tool_use_id: 't', content: [{ type: 'image', source }] },
      { type: 'thinking', thinking: 'x', signature: base64 },
    ];
    const given = message('user', { message: { role: 'user', content } });
    expect((await redacted([[given]]))[0]?.message).toBe(given);
  });

  it('numbers events without gaps, across batches and added events, and stamps them', async () => {
    const events = await redacted([
      [message('keep_alive'), delta('text', 'half')],
      [],
      [blockStop(), message('keep_alive')],
      [delta('text', 'open')],
    ]);
    expect(events.map((event) => event.sequence)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(new Set(events.map((event) => event.timestamp))).toEqual(new Set([NOON]));
    expect(events.every((event) => !event.truncated)).toBe(true);
  });

  it('carries the session id on from where it is first told, and takes a new one', async () => {
    const events = await redacted([
      [message('hologram')],
      [message('hologram', { session_id: 's1' }), message('keep_alive'), message('x', { session_id: 7 })],
      [message('keep_alive', { session_id: 's2' }), message('keep_alive')],
    ]);
    expect(events.map((event) => event.sessionId)).toEqual([null, 's1', 's1', 's1', 's2', 's2']);
  });

  it('counts each event by itself', async () => {
    const events = await redacted([
      [message('a', { x: SECRET, y: SECRET }), message('b'), message('c', { x: `${SECRETS[0]} ${SECRETS[1]}` })],
    ]);
    expect(events.map((event) => event.redactions)).toEqual([2, 0, 2]);
  });

  it('tells each secret by its kind once, not those in pieces: they come again in the whole message', async () => {
    const kinds: string[] = [];
    const messages = [
      delta('text', `x ${SECRET} `),
      blockStop(),
      message('a', { text: `x ${SECRET} ${SECRETS[1]}`, more: SECRET }),
    ];
    await redactedBatches([messages], bare(), (kind) => void kinds.push(kind));
    expect(kinds.toSorted()).toEqual(['github-token', 'github-token', 'npm-token']);
  });

  it('gives out each batch when it came, not later', async () => {
    const batches = await redactedBatches([[message('a')], [message('b'), message('c')]]);
    expect(batches.map((batch) => batch.length)).toEqual([1, 2]);
  });
});

describe('redact, on text in pieces', () => {
  it('masks a secret that is torn over pieces', async () => {
    const events = await redacted([
      [delta('text', 'the key ghp'), delta('text', SECRET.slice(3, 20)), delta('text', SECRET.slice(20))],
      [delta('text', ' is old'), blockStop()],
    ]);
    expect(textOf(events, 'text')).toBe('the key [REDACTED:github-token#1] is old');
    expect(events.reduce((sum, event) => sum + event.redactions, 0)).toBe(1);
  });

  it.each(Object.keys(PIECES).filter((piece): piece is Piece => piece in PIECES))(
    'gives for any %s what the whole text would give',
    async (piece) => {
      await fc.assert(
        fc.asyncProperty(documents, fc.array(fc.nat(400), { maxLength: 30 }), async ({ text, options }, cuts) => {
          const sorted = [0, ...cuts.map((cut) => cut % (text.length + 1)).toSorted((one, other) => one - other)];
          const pieces = sorted.map((start, index) => delta(piece, text.slice(start, sorted[index + 1])));
          const events = await redacted([...pieces.map((part) => [part]), [blockStop()]], createRedactor(options));
          const whole = createRedactor(options).redact(text);
          expect(textOf(events, piece)).toBe(whole.text);
          expect(events.reduce((sum, event) => sum + event.redactions, 0)).toBe(whole.findings.length);
        }),
        { numRuns: 60 },
      );
    },
  );

  it('shows no secret in any event, whatever the pieces and however blocks interleave', async () => {
    const words = fc.constantFrom('the ', 'key\n', ' ', '{"a": "', '"}', ...SECRETS.map((secret) => ` ${secret} `));
    const blocks = [
      { piece: 'text', index: 0, parent: null },
      { piece: 'partial_json', index: 1, parent: null },
      { piece: 'thinking', index: 0, parent: 'toolu_1' },
      { piece: 'text', index: 1, parent: 'toolu_1' },
    ] as const;
    const text = fc.array(words, { maxLength: 12 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(text, text, text, text),
        fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 30 })), { maxLength: 60 }),
        fc.boolean(),
        async (texts, turns, stopped) => {
          const left = [...texts];
          const messages: Message[] = [];
          function send(which: number, length: number): void {
            const block = blocks[which];
            const rest = left[which] ?? '';
            if (block === undefined || rest === '') return;
            messages.push(delta(block.piece, rest.slice(0, length), block.index, block.parent));
            left[which] = rest.slice(length);
          }
          for (const [which, length] of turns) send(which, length);
          for (const which of blocks.keys()) send(which, Number.POSITIVE_INFINITY);
          if (stopped) messages.push(...blocks.map(({ index, parent }) => blockStop(index, parent)));

          const events = await redacted(messages.map((one) => [one]));
          const shown = JSON.stringify(events);
          for (const secret of SECRETS) expect(shown).not.toContain(secret);
          for (const [which, { piece, index, parent }] of blocks.entries()) {
            expect(unnumbered(textOf(events, piece, index, parent))).toBe(
              unnumbered(bare().redact(texts[which] ?? '').text),
            );
          }
        },
      ),
      { numRuns: 80 },
    );
  });

  it('gives out the rest in a piece of its own before the block ends', async () => {
    const events = await redacted([[delta('thinking', 'hel'), delta('thinking', 'lo'), blockStop()]]);
    expect(kindsOf(events)).toEqual([
      'content_block_delta',
      'content_block_delta',
      'content_block_delta',
      'content_block_stop',
    ]);
    expect(textOf(events, 'thinking')).toBe('hello');
    expect(events.at(-2)?.message).toMatchObject({
      session_id: 's1',
      event: { index: 0, delta: { type: 'thinking_delta', thinking: 'hello' } },
    });
  });

  it.each([
    ['message_stop', [streamEvent({ type: 'message_stop' })], 'message_stop'],
    ['the next message', [streamEvent({ type: 'message_start', message: { id: 'm2' } })], 'message_start'],
    ['the end of the stream', [], undefined],
  ])('gives out the rest before %s, where the end of the block is missing', async (_, last, kind) => {
    const events = await redacted([[delta('text', 'hello')], last]);
    const rest = events.findIndex((event) => textOf([event], 'text') === 'hello');
    expect(rest).toBeGreaterThan(-1);
    expect(kindsOf(events)[rest + 1]).toBe(kind);
    expect(textOf(events, 'text')).toBe('hello');
  });

  it("gives out a subagent's rest before the end of its message", async () => {
    const end = streamEvent({ type: 'message_stop' }, { parent_tool_use_id: 'toolu_1' });
    const events = await redacted([[delta('text', 'hello', 0, 'toolu_1'), end]]);
    expect(events.map((event) => textOf([event], 'text', 0, 'toolu_1'))).toEqual(['', 'hello', '']);
  });

  it('adds no piece where nothing was held back', async () => {
    const events = await redacted([[delta('text', 'done. '), blockStop(), streamEvent({ type: 'message_stop' })]]);
    expect(events).toHaveLength(3);
    expect(textOf(events, 'text')).toBe('done. ');
  });

  it.each([null, 'toolu_1'])(
    'gives out the rest before the whole message, which comes before the end of its block: %j',
    async (parent) => {
      const other = parent === null ? 'toolu_1' : null;
      const assistant = message('assistant', {
        message: { id: 'm1', model: 'm', content: [{ type: 'text', text: 'hello' }] },
        parent_tool_use_id: parent,
      });
      const events = await redacted([[delta('text', 'hello', 0, parent), delta('text', 'later', 0, other), assistant]]);
      expect(kindsOf(events)).toEqual([
        'content_block_delta',
        'content_block_delta',
        'content_block_delta',
        'assistant',
        'content_block_delta',
      ]);
      expect(textOf(events.slice(2, 3), 'text', 0, parent)).toBe('hello');
      expect(textOf(events.slice(4), 'text', 0, other)).toBe('later');
    },
  );

  it("leaves a subagent's open block alone when the main thread's message ends", async () => {
    const events = await redacted([
      [delta('text', 'sub', 0, 'toolu_1'), streamEvent({ type: 'message_stop' })],
      [delta('text', 'agent', 0, 'toolu_1'), blockStop(0, 'toolu_1')],
    ]);
    expect(events.map((event) => textOf([event], 'text', 0, 'toolu_1'))).toEqual(['', '', '', 'subagent', '']);
  });

  it('starts anew when an index is used again', async () => {
    const events = await redacted([
      [delta('text', 'one'), blockStop(), delta('partial_json', '{"two":1}'), blockStop()],
    ]);
    expect(textOf(events, 'text')).toBe('one');
    expect(textOf(events, 'partial_json')).toBe('{"two":1}');
  });

  it('masks what else stands in the message of a piece', async () => {
    const events = await redacted([
      [
        streamEvent(
          {
            type: 'content_block_delta',
            index: 0,
            extra: SECRET,
            delta: { type: 'text_delta', text: 'x ', note: SECRET },
          },
          { more: { deep: [SECRET] } },
        ),
        streamEvent({
          type: 'content_block_delta',
          index: 1,
          delta: { type: 'text_delta', text: 'x ', partial_json: `${SECRET} ` },
        }),
        blockStop(0),
        blockStop(1),
      ],
    ]);
    expect(JSON.stringify(events)).not.toContain(SECRET);
  });

  it('masks the text that a block begins with', async () => {
    const events = await redacted([
      [streamEvent({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: `x ${SECRET}` } })],
    ]);
    expect(JSON.stringify(events)).not.toContain(SECRET);
  });
});
