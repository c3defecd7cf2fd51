import { readFileSync } from 'node:fs';
import { foldFacts } from '../../src/outcome/facts.ts';
import type { Evidence } from '../../src/outcome/evidence.ts';
import type { Message } from '../../src/messages/types.ts';
import { decode } from '../../src/stream/decode.ts';
import { splitLines } from '../../src/stream/split-lines.ts';
import { CLASSES } from '../fixtures/recordings/classes.ts';
import endings from '../fixtures/recordings/endings.json' with { type: 'json' };
import { collect, from } from './collect.ts';
import type { Step } from './fake.ts';

/** A stream that a real claude printed. */
export type RecordingName = keyof typeof CLASSES;

export const RECORDINGS = Object.keys(CLASSES).filter((name): name is RecordingName => name in endings);

/** What claude printed on stdout, byte for byte. */
export function streamOf(name: RecordingName): Buffer {
  return readFileSync(new URL(`../fixtures/recordings/streams/${name}.ndjson`, import.meta.url));
}

/** What a fake claude does that prints a recording. */
export function reprinting(name: RecordingName): readonly Step[] {
  const { exitCode, stderr } = endings[name];
  return [
    { prompt: true },
    { bytes: streamOf(name).toString('base64') },
    { complain: stderr },
    { exit: exitCode ?? 1 },
  ];
}

/** The messages of a recording, as the pipeline reads them. */
export function messagesOf(name: RecordingName): Promise<readonly Message[]> {
  const known = read.get(name) ?? collect(decode(splitLines(from([streamOf(name)])))).then((lines) => lines.flat());
  read.set(name, known);
  return known;
}

/** Unit tests share a process, and many of them go through all recordings. */
const read = new Map<RecordingName, Promise<readonly Message[]>>();

/** All the evidence there is on how a recording ended. */
export async function evidenceOf(name: RecordingName): Promise<Evidence> {
  const fold = foldFacts();
  for (const message of await messagesOf(name)) fold.see(message);
  const { args, exitCode, signal, stderr } = endings[name];
  return {
    facts: fold.facts(),
    exit: { code: exitCode, signal },
    stderr,
    stoppedBy: null,
    fault: null,
    asked: { schema: (args as readonly string[]).includes('--json-schema'), failOn: [] },
    endedAt: Date.parse('2026-11-21T03:00:00Z'),
  };
}
