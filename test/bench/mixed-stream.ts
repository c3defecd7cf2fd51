import { closeSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';

const STREAMS = new URL('../fixtures/recordings/streams/', import.meta.url);

/** What stands at the end of a stream, as without it no run is a success. */
const RESULT = { type: 'result', subtype: 'success', is_error: false, result: 'done', num_turns: 1, session_id: 'mix' };

/** A prepared stream in a file. */
export interface Stream {
  readonly path: string;
  readonly bytes: number;
  readonly lines: number;
}

/**
 * Writes a stream of at least that many bytes: every message that a real claude printed in the recordings, one recording
 * after another, over and over with ids of their own. As in any session `init` comes once, and what would end the run
 * early or wants an answer is left out.
 */
export function writeMixedStream(path: string, bytes: number): Stream {
  const recorded = recordedLines();
  const init = recorded.find(isInit) ?? '';
  const lines = [init, ...recorded.filter((line) => !isInit(line))];
  const block = `${lines.join('\n')}\n`;
  const file = openSync(path, 'w');
  let written = 0;
  let repeats = 0;
  for (; written < bytes; repeats += 1) {
    written += writeSync(file, block.replaceAll(/"(msg|toolu)_/g, `"$1_${repeats}_`));
  }
  written += writeSync(file, `${JSON.stringify(RESULT)}\n`);
  closeSync(file);
  return { path, bytes: written, lines: repeats * lines.length + 1 };
}

function recordedLines(): string[] {
  return readdirSync(STREAMS)
    .sort()
    .flatMap((name) => readFileSync(new URL(name, STREAMS), 'utf8').split('\n'))
    .filter(isOrdinary);
}

function isOrdinary(line: string): boolean {
  try {
    const { type } = JSON.parse(line);
    return type !== 'result' && !type.startsWith('control_');
  } catch {
    return false;
  }
}

function isInit(line: string): boolean {
  return JSON.parse(line).subtype === 'init';
}
