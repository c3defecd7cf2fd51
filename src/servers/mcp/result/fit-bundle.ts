import type { Bundle } from '../../../outcome/bundle.ts';
import { mapStrings } from '../../../stream/map-strings.ts';
import type { Answer } from '../../queries.ts';
import { type Fitted, fitLast } from './fit-events.ts';
import { MESSAGES_TOOL } from '../tools/names.ts';
import { shorten } from '../../../shorten.ts';

/** All of a bundle but its messages, in so far as there was room for it. */
interface FittedRest {
  readonly rest: Omit<Bundle, 'messages' | 'truncation'>;
  readonly strings: number;
  readonly characters: number;
  readonly leftOut: readonly string[];
}

/** To which length strings outside of result and messages are clipped, one after the other until there is room. */
const STRING_LENGTHS = [1_000, 250];

/** Characters that what is said about truncation takes beyond what the bundle said. */
const TRUNCATION_ROOM = 400;

/**
 * The JSON of a bundle in at most `budget` UTF-16 units. Gives up, in this order: bodies of tool results, the oldest
 * messages, other long strings, lists beside the messages. `result` stays whole, also where it alone is more than that.
 */
export function fitBundle({ bundle, isKept }: Pick<Answer, 'bundle' | 'isKept'>, budget: number): string {
  const { messages, truncation, ...whole } = bundle;
  const roomBeside = (rest: FittedRest['rest']): number =>
    budget - TRUNCATION_ROOM - JSON.stringify({ ...rest, messages: [], truncation }).length;
  const fittedRest = fitRest(whole, (rest) => roomBeside(rest) >= 0);
  const { rest } = fittedRest;
  const fitted = fitLast(messages, roomBeside(rest));
  return JSON.stringify({
    ...rest,
    messages: fitted.events,
    truncation: { ...describeTruncation(bundle, fitted, fittedRest, budget), ...(isKept ? {} : { next: null }) },
  });
}

function fitRest(whole: FittedRest['rest'], fits: (rest: FittedRest['rest']) => boolean): FittedRest {
  for (const length of [Infinity, ...STRING_LENGTHS]) {
    const clipped = clipRest(whole, length);
    if (fits(clipped.rest)) return clipped;
  }
  return withoutLists(clipRest(whole, STRING_LENGTHS.at(-1) ?? 0));
}

function clipRest(whole: FittedRest['rest'], length: number): FittedRest {
  const { runId: _runId, sessionId: _sessionId, result: _result, ...others } = whole;
  let strings = 0;
  let characters = 0;
  const clip = (text: string): string => {
    const short = shorten(text, length);
    if (short !== text) {
      strings++;
      characters += text.length - length;
    }
    return short;
  };
  return {
    rest: { ...whole, ...mapStrings(others, clip, { editKey: (key) => key }) },
    strings,
    characters,
    leftOut: [],
  };
}

function withoutLists({ rest, ...clipped }: FittedRest): FittedRest {
  const { total, input } = rest.redactions;
  return {
    ...clipped,
    rest: {
      ...rest,
      outcome: { ...rest.outcome, warnings: [] },
      redactions: { total, byKind: {}, ...(input === undefined ? {} : { input: { total: input.total, byKind: {} } }) },
      modelUsage: {},
      tools: [],
      permissionDenials: [],
      attempts: [],
    },
    leftOut: ['warnings', 'byKind', 'modelUsage', 'tools', 'permissionDenials', 'attempts'],
  };
}

function describeTruncation(
  { runId, truncation }: Bundle,
  fitted: Fitted,
  rest: FittedRest,
  maxResult: number,
): object {
  const { events, clipped, firstClipped } = fitted;
  const dropped = truncation.total - events.length;
  const from = dropped > 0 ? 1 : firstClipped;
  return {
    ...truncation,
    returned: events.length,
    dropped,
    clippedStrings: truncation.clippedStrings + clipped.strings + rest.strings,
    clippedCharacters: truncation.clippedCharacters + clipped.characters + rest.characters,
    limits: { ...truncation.limits, maxResult },
    ...(rest.leftOut.length === 0 ? {} : { leftOut: rest.leftOut }),
    next: from === null ? null : { tool: MESSAGES_TOOL, arguments: { runId, from } },
  };
}
