import { pino, stdTimeFunctions } from 'pino';
import { messageOf, SluiceError } from '../errors.ts';
import { oneLine } from '../sinks/safe-text.ts';
import type { Output } from '../sinks/output.ts';
import type { Caller } from './caller.ts';
import type { Observer } from './observer.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

type Fields = Readonly<Record<string, string | number | boolean | null>>;

/** Tells an operator what goes on, a line each. Never throws, and holds nothing up. */
export interface Log {
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
  /** Tells of something that was thrown; of a fault of our own, also where. */
  fault(level: 'debug' | 'warn' | 'error', message: string, thrown: unknown): void;
  /** Says of each query that it began and how it ended. */
  readonly observer: Observer;
}

export interface LogOptions {
  readonly level: LogLevel;
  /** How a line of JSON is shown; default: as it is. */
  readonly show?: ((line: string) => string) | undefined;
  /** Where it goes. When that takes no more, or is gone, lines are lost. */
  readonly output: Output;
  /** Masks secrets in a text. */
  redact(text: string): string;
}

/** UTF-16 units that wait for an output that is held up. */
const MAX_HELD = 256 * 1024;

export function createLog({ level, show = asItIs, output, redact }: LogOptions): Log {
  const put = tirelessly(output, (lines) => say('warn')('lines of the log were lost', { lines }));
  const logger = pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => put(show(line)) },
  );

  const clean = (text: string): string => oneLine(redact(text));
  const say =
    (method: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, fields: Fields = {}): void => {
      if (!logger.isLevelEnabled(method)) return;
      const cleaned = Object.entries(fields).map(([name, value]) => [
        name,
        typeof value === 'string' ? clean(value) : value,
      ]);
      logger[method](Object.fromEntries(cleaned), clean(message));
    };

  const log = { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') };
  return {
    ...log,
    fault(level, message, thrown) {
      const isOurs = thrown instanceof Error && !(thrown instanceof SluiceError);
      log[level](
        `${message}: ${messageOf(thrown)}`,
        isOurs && thrown.stack !== undefined ? { stack: thrown.stack } : {},
      );
    },
    observer: observerWith(log),
  };
}

const asItIs = (line: string): string => line;

function observerWith({ info, warn }: Pick<Log, 'info' | 'warn'>): Observer {
  return {
    started({ runId, caller, cwd }) {
      info('query started', { runId, ...fieldsOf(caller), cwd });
    },
    ended({ runId, caller }, { ended, ending, refusal, queuedMs, durationMs }) {
      const report = ending?.report;
      const fields = {
        runId,
        ...fieldsOf(caller),
        ended,
        class: ending?.class ?? refusal?.errorCode ?? null,
        queuedMs: Math.round(queuedMs),
        durationMs: Math.round(durationMs),
        costUsd: report?.totalCostUsd ?? null,
      };
      if (refusal !== null) return warn(`query refused: ${refusal.message}`, fields);
      if (ending !== null && ending.class !== 'success') return info(`query ended: ${ending.message}`, fields);
      return info('query ended', fields);
    },
    calledBack({ runId }, { host, outcome, attempts, status, error }) {
      const fields = { runId, host, attempts, status };
      if (error === null) info('callback delivered', fields);
      else warn(`callback ${outcome}: ${error}`, fields);
    },
  };
}

function fieldsOf({ subject, transport, protocol, client, traceparent }: Caller): Fields {
  return { subject, transport, protocol, client, ...(traceparent === undefined ? {} : { traceparent }) };
}

/** Writes to an output that may be held up or gone: what there is no room for is dropped, and how many that were is told. */
function tirelessly(output: Output, onLost: (lines: number) => void): (text: string) => void {
  let held = '';
  let lost = 0;
  let isHeldUp = false;

  async function send(text: string): Promise<void> {
    isHeldUp = true;
    try {
      await output.write(text);
      while (held !== '') {
        const next = held;
        held = '';
        await output.write(next);
      }
    } catch {
      // stderr has no reader.
    }
    isHeldUp = false;
    const missing = lost;
    lost = 0;
    if (missing > 0) onLost(missing);
  }

  return (text) => {
    if (!isHeldUp) return void send(text);
    if (held.length + text.length <= MAX_HELD) held += text;
    else lost += 1;
  };
}
