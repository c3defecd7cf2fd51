import { createReadStream, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { explain } from '../../../src/explain/explanation.ts';
import { foldTimeline } from '../../../src/explain/timeline.ts';
import type { RunEvent } from '../../../src/messages/types.ts';
import { replay } from '../../../src/replay.ts';
import { success } from '../sinks/endings.ts';

const FOLDER = new URL('../../fixtures/records/', import.meta.url);

/** A record of each version that there was: what once was written is read for ever. */
const VERSIONS = readdirSync(FOLDER).map((name) => Number(/^version-(\d+)\.ndjson$/.exec(name)?.[1]));

it('there is a record of each version up to that which is written now', () => {
  const { schemaVersion } = success().report;
  expect(VERSIONS.toSorted((one, other) => one - other)).toEqual(
    Array.from({ length: schemaVersion }, (_, index) => index + 1),
  );
});

it.each(VERSIONS)('a record of version %i is shown again, and explained', async (version) => {
  const events: RunEvent[] = [];
  const timeline = foldTimeline();
  const sinks = [
    { write: (event: RunEvent) => void events.push(event), close() {} },
    { write: timeline.see, close() {} },
  ];
  const ending = await replay(createReadStream(new URL(`version-${version}.ndjson`, FOLDER)), {}, sinks);
  expect(ending).toMatchObject({
    class: 'success',
    warnings: [],
    report: {
      schemaVersion: version,
      result: { success: true, summary: 'It said hello.' },
      tools: [{ name: 'Bash', calls: 1, errors: 0 }],
      claude: { version: '2.1.332' },
    },
  });
  expect(events.map(({ message }) => message.type)).toEqual(['system', 'assistant', 'user', 'assistant', 'result']);
  expect(explain(ending, timeline.timeline())).toMatchObject({ class: 'success' });
});
