import { TOLD_AFTER_MS, watchSilence } from './watch-silence.ts';
import { monotonicMs } from '../system/monotonic.ts';

/** Knows which inputs are being read, and how far: a producer may take its time. */
export interface Inputs {
  /** An input begins to be read, by its name. */
  begin(name: string): Input;
  /** For the line of progress: `reading stdin, 12 kB`. Null while nothing is read. */
  describe(): string | null;
}

/** One input that is being read. */
export interface Input {
  /** There are so many bytes of it now. */
  progress(size: number): void;
  end(): void;
}

interface Reading {
  readonly name: string;
  size: number;
  /** When something came last, in milliseconds. */
  heard: number;
}

/** From when on a silence is worth a number, in milliseconds. */
const NOTED_AFTER_MS = 3_000;

/** Follows inputs. @param tell told what is waited for, each time that an input has been silent for long */
export function followInputs(tell: (text: string) => void): Inputs {
  const readings = new Set<Reading>();
  return {
    begin(name) {
      const reading: Reading = { name, size: 0, heard: monotonicMs() };
      const silence = watchSilence(TOLD_AFTER_MS, () => tell(describeWait(reading)));
      readings.add(reading);
      return {
        progress(size) {
          reading.size = size;
          reading.heard = monotonicMs();
          silence.heard();
        },
        end() {
          silence.end();
          readings.delete(reading);
        },
      };
    },
    describe() {
      const [reading] = readings;
      return reading === undefined ? null : describeReading(reading);
    },
  };
}

function describeWait({ name, size }: Reading): string {
  return size === 0
    ? `waiting for ${name}, which is silent so far`
    : `waiting for more of ${name}, which has been silent after ${formatBytes(size)}`;
}

function describeReading({ name, size, heard }: Reading): string {
  const silence = monotonicMs() - heard;
  const what = size === 0 ? `waiting for ${name}` : `reading ${name}, ${formatBytes(size)}`;
  return silence < NOTED_AFTER_MS ? what : `${what} · silent for ${formatSilence(silence)}`;
}

function formatSilence(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} m ${seconds % 60} s`;
}

/** `12 kB`: to be read at a glance. */
function formatBytes(size: number): string {
  if (size < 1000) return `${size} bytes`;
  const [divisor, unit] = size < 999_500 ? [1000, 'kB'] : [1_000_000, 'MB'];
  const number = size / divisor;
  return `${number < 9.95 ? number.toFixed(1) : Math.round(number)} ${unit}`;
}
