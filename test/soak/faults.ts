import { inTurn, type Script, text, toolUse } from '../../src/demo/script.ts';
import type { OutcomeClass, RunRequest } from '../../src/index.ts';
import { begin, type Step, succeed } from '../support/fake.ts';
import { echo, forbidden, slowText } from '../support/scenarios.ts';
import { aborting, hurrying, leaving, type Way, withBrokenSink, withSlowSink } from './ways.ts';

/** A way in which a run may go. */
export interface Fault {
  readonly name: string;
  /** What a fake claude does, or what the API says to the real one. */
  readonly claude: readonly Step[] | Script;
  readonly options?: Partial<RunRequest>;
  /** Default: the caller waits for the end. */
  readonly way?: Way;
  /** The classes that it may end with; null where the caller doesn't wait. */
  readonly endings: readonly (OutcomeClass | null)[];
}

/** What a claude says that never comes to an end by itself, but does as it is told. */
const unfinished: readonly Step[] = [...begin, { say: 'so far' }, { interrupt: true }];

/** Faults that a fake claude can have, which is quick. */
export const FAKE_FAULTS: readonly Fault[] = [
  { name: 'none', claude: [...begin, ...succeed], endings: ['success'] },
  { name: 'many lines', claude: [...begin, { flood: 2_000 }, { result: {} }], endings: ['success'] },
  {
    name: 'many lines, slow sink',
    claude: [...begin, { flood: 200 }, { result: {} }],
    way: withSlowSink,
    endings: ['success'],
  },
  { name: 'a long line', claude: [...begin, { huge: 2 }, { result: {} }], endings: ['success'] },
  {
    name: 'stderr flood',
    claude: [{ complain: 'oh no\n'.repeat(10_000) }, ...begin, ...succeed],
    endings: ['success'],
  },
  {
    name: 'API error',
    claude: [...begin, { result: { is_error: true, api_error_status: 500, result: 'API Error: 500' } }],
    endings: ['api_error'],
  },
  { name: 'hang, timeout', claude: unfinished, options: { timeout: 700 }, endings: ['timeout'] },
  { name: 'hang, idle timeout', claude: unfinished, options: { idleTimeout: 400 }, endings: ['stalled'] },
  { name: 'torn output', claude: [...begin, { raw: '{"type":"assistant","mess' }], endings: ['truncated'] },
  { name: 'no result', claude: [...begin, { say: 'so far' }, { exit: 1 }], endings: ['crashed'] },
  { name: 'SIGKILL of claude', claude: [...begin, { say: 'so far' }, { die: 'SIGKILL' }], endings: ['crashed'] },
  { name: 'no claude', claude: [], options: { claudePath: '/nowhere/claude' }, endings: ['claude_not_found'] },
  { name: 'a daemon', claude: [...begin, { spawn: 'sleep 300' }, ...succeed], endings: ['success'] },
  { name: 'abort', claude: unfinished, way: aborting, endings: ['interrupted'] },
  {
    name: 'abort of a deaf one',
    claude: [{ ignore: ['SIGINT', 'SIGTERM'] }, ...begin, { say: 'so far' }, { hang: true }],
    way: hurrying,
    endings: ['interrupted'],
  },
  {
    name: 'the reader leaves',
    claude: [...begin, { flood: 500 }, { interrupt: true }],
    way: leaving,
    endings: [null],
  },
  { name: 'the sink is broken', claude: unfinished, way: withBrokenSink, endings: ['output_error'] },
];

/** Leaves a daemon behind. */
const daemon = inTurn(
  [toolUse('Bash', { command: 'setsid sleep 300 >/dev/null 2>&1 &', description: 'Go on' })],
  [text('Done.')],
);

/** Faults of the real claude. */
export const REAL_FAULTS: readonly Fault[] = [
  { name: 'real: none', claude: echo, endings: ['success'] },
  {
    name: 'real: a daemon',
    claude: daemon,
    options: { permissionMode: 'bypassPermissions' },
    endings: ['success'],
  },
  { name: 'real: API error', claude: forbidden, endings: ['auth'] },
  {
    name: 'real: abort',
    claude: slowText,
    options: { includePartialMessages: true },
    way: aborting,
    endings: ['interrupted'],
  },
  {
    name: 'real: the reader leaves',
    claude: slowText,
    options: { includePartialMessages: true },
    way: leaving,
    endings: [null],
  },
];
