import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toJSONSchema } from 'zod';
import { bundleSchema } from '../../../src/outcome/bundle.ts';
import { replay } from '../../../src/replay.ts';
import { createBundleSink } from '../../../src/sinks/formats/bundle.ts';
import { rounds } from '../../support/rounds.ts';
import { from } from '../../support/collect.ts';
import { RECORDINGS, streamOf } from '../../support/recordings.ts';

/** Short enough that hundreds of them are read in a moment, and of every kind. */
const SHORT = RECORDINGS.filter((name) => streamOf(name).length < 20_000);

const fitsBundle = new Ajv2020({ allowUnionTypes: true }).compile(toJSONSchema(bundleSchema));

/** What stands in place of a value, as JSON text: some of it parses to what no JSON can say again. */
const ODD_VALUES = [
  '-1',
  '-1e9',
  '0.5',
  '-0',
  '1e308',
  '-1e308',
  '1e999',
  '-1e999',
  '9007199254740993',
  'null',
  'true',
  'false',
  '""',
  '"12"',
  '"NaN"',
  '"\\u0000\\ud800"',
  '[]',
  '{}',
  '[null]',
  '{"__proto__":{"toString":1},"constructor":null}',
  `"${'long '.repeat(2_000)}"`,
  `{"${'k'.repeat(10_000)}":1}`,
  `${'['.repeat(3_000)}${']'.repeat(3_000)}`,
  `${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`,
];

/** One change to a line: a value in place of another, or a key that is gone or has another name. */
const change = fc.record({
  // The last one, most often a result, has the most to tell.
  line: fc.oneof(fc.nat(), fc.constant(-1)),
  place: fc.nat(),
  numbers: fc.boolean(),
  to: fc.oneof(
    fc.constantFrom(...ODD_VALUES),
    fc.double().map((number) => String(number)),
    fc.json(),
  ),
  does: fc.constantFrom('replace', 'remove', 'rename', 'repeat'),
});

type Change = typeof change extends fc.Arbitrary<infer Each> ? Each : never;

/** Every pair of a key and its value in a line of JSON, and every value of an array, as ranges of the text. */
function placesIn(line: string): { readonly start: number; readonly end: number }[] {
  return [...line.matchAll(/(?<=[:[,])(?:"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|\{\}|\[\])(?=[,}\]])/g)].map(
    ({ index, 0: text }) => ({ start: index, end: index + text.length }),
  );
}

function changed(line: string, { place, numbers, to, does }: Change): string {
  if (does === 'repeat') return `${line}\n${line}`;
  const places = placesIn(line).filter(({ start }) => !numbers || /[-\d]/.test(line[start] ?? ''));
  const { start, end } = places[place % Math.max(1, places.length)] ?? { start: 0, end: 0 };
  if (does === 'replace' || line[start - 1] !== ':') return line.slice(0, start) + to + line.slice(end);
  const key = line.lastIndexOf('"', start - 3);
  const name = does === 'rename' ? `"__proto__":${line.slice(start, end)}` : '"gone":0';
  return line.slice(0, key) + name + line.slice(end);
}

function mutated(stream: string, changes: readonly Change[]): string {
  const lines = stream.split('\n').filter((line) => line !== '');
  for (const each of changes) {
    const at = each.line === -1 ? lines.length - 1 : each.line % Math.max(1, lines.length);
    lines[at] = changed(lines[at] ?? '', each);
  }
  return lines.map((line) => `${line}\n`).join('');
}

async function bundleOf(stream: string): Promise<unknown> {
  let text = '';
  const sink = createBundleSink({ write: (piece) => void (text += piece) }, { full: true });
  await replay(from([Buffer.from(stream)]), { maxChars: 500 }, [sink], { env: {} });
  return JSON.parse(text);
}

describe('the bundle of a run in which claude writes odd things', () => {
  it('fits the published schema', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...SHORT),
        fc.array(change, { minLength: 1, maxLength: 8 }),
        async (name, changes) => {
          const bundle = await bundleOf(mutated(streamOf(name).toString(), changes));
          expect(bundleSchema.safeParse(bundle).error).toBeUndefined();
          fitsBundle(bundle);
          expect(fitsBundle.errors ?? []).toEqual([]);
        },
      ),
      { numRuns: rounds(80) },
    );
  });

  it.each([
    ['duration_ms', -5, { executionTime: 0 }],
    ['total_cost_usd', 1e308, { totalCostUsd: 1e308 }],
    ['num_turns', 1e308, { numTurns: Number.MAX_VALUE }],
  ])('fits it with %s: %d, told twice', async (field, value, told) => {
    const line = JSON.stringify({ type: 'result', subtype: 'success', is_error: false, [field]: value });
    const bundle = await bundleOf(`${line}\n${line}\n`);
    expect(bundleSchema.safeParse(bundle).error).toBeUndefined();
    expect(bundle).toMatchObject(told);
  });

  it('fits it with a limit that never ends', async () => {
    const limit = { type: 'rate_limit_event', rate_limit_info: { status: 'rejected', resetsAt: 1e308 } };
    const failed = { type: 'result', subtype: 'success', is_error: true, api_error_status: 429, result: 'x' };
    const bundle = await bundleOf([limit, failed].map((message) => `${JSON.stringify(message)}\n`).join(''));
    const { outcome } = bundleSchema.parse(bundle);
    expect(outcome.class).toBe('rate_limited');
    expect(outcome).not.toHaveProperty('retryAfter');
  });
});
