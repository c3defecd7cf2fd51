import { isRecord } from '../../is-record.ts';
import type { Report } from '../../outcome/report-schema.ts';
import type { RunEvent } from '../../messages/types.ts';

/** One answer of the model, with the tokens that claude told of. */
export interface Turn {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly model: string;
  readonly isSubagent: boolean;
  /** Tokens, as those below. */
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWritten: number;
  /** Where {@link isExact} is false, about: claude tells what an answer took before it has been written. */
  readonly output: number;
  /** Whether the output is what the API told at the end of the answer, as the pieces of messages have it. */
  readonly isExact: boolean;
  /** Dollars, about; null until the run has ended. */
  readonly cost: number | null;
}

export interface TurnFold {
  /** Also shown the pieces of messages, as far as there are any. */
  see(event: RunEvent): void;
  turns(report: Pick<Report, 'usage' | 'modelUsage' | 'totalCostUsd'> | null): readonly Turn[];
}

/** What a token costs as against one of input, alike for all of claude's models (list prices of 2026). */
const WEIGHTS = { input: 1, cacheWritten: 1.25, cacheRead: 0.1, output: 5 } as const;

/** UTF-16 units of a token, about. */
const UNITS_PER_TOKEN = 4;

interface Seen extends Omit<Turn, 'output' | 'isExact' | 'cost'> {
  told: number;
  units: number;
}

/** Starts before the first event. The blocks of an answer come one by one, each with the tokens of all. */
export function foldTurns(): TurnFold {
  const turns = new Map<string, Seen>();
  /** Output, as the API told it at the end of each answer. */
  const exact = new Map<string, number>();
  /** Answers that are being written, by the call of the subagent that does. */
  const writing = new Map<unknown, string>();

  function piece(by: unknown, { type, message, usage }: Readonly<Record<string, unknown>>): void {
    if (type === 'message_start' && isRecord(message) && typeof message['id'] === 'string')
      writing.set(by, message['id']);
    const id = writing.get(by);
    if (type !== 'message_delta' || id === undefined || !isRecord(usage)) return;
    if (typeof usage['output_tokens'] === 'number') exact.set(id, usage['output_tokens']);
  }

  return {
    see({ message, timestamp }) {
      const given: unknown = message;
      if (!isRecord(given)) return;
      if (given['type'] === 'stream_event' && isRecord(given['event']))
        return piece(given['parent_tool_use_id'] ?? null, given['event']);
      if (given['type'] !== 'assistant' || !isRecord(given['message'])) return;
      const { id, model, usage, content } = given['message'];
      if (typeof id !== 'string' || !isRecord(usage)) return;
      const count = (name: string): number => (typeof usage[name] === 'number' ? usage[name] : 0);
      const turn = turns.get(id) ?? {
        at: Date.parse(timestamp) || 0,
        model: typeof model === 'string' ? model : '',
        isSubagent: typeof given['parent_tool_use_id'] === 'string',
        input: count('input_tokens'),
        cacheRead: count('cache_read_input_tokens'),
        cacheWritten: count('cache_creation_input_tokens'),
        told: 0,
        units: 0,
      };
      turn.told = Math.max(turn.told, count('output_tokens'));
      turn.units += JSON.stringify(content ?? '').length;
      turns.set(id, turn);
    },
    turns(report) {
      const all = [...turns].map(([id, turn]) => ({ ...turn, exact: exact.get(id) }));
      const rest = all.reduce((left, turn) => left - (turn.exact ?? 0), report?.usage.outputTokens ?? 0);
      const units = all.reduce((sum, turn) => sum + (turn.exact === undefined ? turn.units : 0), 0);
      const withOutput = all.map(({ told, units: own, exact: known, ...turn }) => {
        const share = rest > 0 && units > 0 ? (rest * own) / units : own / UNITS_PER_TOKEN;
        const output = known ?? Math.round(Math.max(told, share));
        return { ...turn, output, isExact: known !== undefined, cost: null };
      });
      return report === null ? withOutput : withCosts(withOutput, report);
    },
  };
}

/** Shares out what claude says each model has cost, or else all of it, by the weight of the tokens. */
function withCosts(
  turns: readonly Turn[],
  { modelUsage, totalCostUsd }: Pick<Report, 'modelUsage' | 'totalCostUsd'>,
): readonly Turn[] {
  if (totalCostUsd === null) return turns;
  const costs = new Map(
    Object.entries(modelUsage).flatMap(([name, usage]): [string, number][] =>
      isRecord(usage) && typeof usage['costUSD'] === 'number' ? [[withoutWindow(name), usage['costUSD']]] : [],
    ),
  );
  const isByModel = turns.every(({ model }) => costs.has(withoutWindow(model)));
  const groupOf = ({ model }: Turn): string => (isByModel ? withoutWindow(model) : '');
  const weights = new Map<string, number>();
  for (const turn of turns) weights.set(groupOf(turn), (weights.get(groupOf(turn)) ?? 0) + weightOf(turn));
  return turns.map((turn) => {
    const weight = weights.get(groupOf(turn)) ?? 0;
    const sum = isByModel ? (costs.get(groupOf(turn)) ?? 0) : totalCostUsd;
    return { ...turn, cost: weight === 0 ? null : (sum * weightOf(turn)) / weight };
  });
}

function weightOf(turn: Turn): number {
  const { input, cacheWritten, cacheRead, output } = WEIGHTS;
  return turn.input * input + turn.cacheWritten * cacheWritten + turn.cacheRead * cacheRead + turn.output * output;
}

/** A model's name without the size of its window, as in `[1m]`. */
function withoutWindow(model: string): string {
  return model.replace(/\[.*/, '');
}
