import { expect, it } from 'vitest';
import { createJobLogSink } from '../../../src/sinks/formats/job-log-sink.ts';
import { commandsIn } from '../../support/actions-runner.ts';
import { init, result } from '../outcome/evidence.ts';
import { endingOf, memory } from './endings.ts';

const FOUND = endingOf([
  init(),
  result({ structured_output: { findings: [{ level: 'error', message: 'Loop.', file: 'src/a.ts' }] } }),
]);

it.each([
  ['github', 1],
  ['gitlab', 0],
] as const)('logs a run for %s, with %i annotations', async (system, annotations) => {
  const out = memory();
  await createJobLogSink(system, out, { workspace: '/workspace' }).close(FOUND);
  expect(out.text()).toContain('│ ✓ success\n');
  expect(commandsIn(out.text())).toHaveLength(annotations);
});
