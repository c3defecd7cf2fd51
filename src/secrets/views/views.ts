import type { Reader } from '../scan/reader.ts';
import type { Anchor, Span } from '../scan/span.ts';
import type { View } from '../scan/view.ts';
import { BASE64_VIEW } from './base64.ts';
import { COLOUR_VIEW } from './colours.ts';
import { ENTITY_VIEW } from './entities.ts';
import { HEX_DUMP_VIEW } from './hex-dump.ts';
import { PERCENT_VIEW } from './percent.ts';

/** A form that text is wrapped in, found by marks of its own. */
export interface Wrapping {
  readonly marks: readonly string[];
  /** Whether letter case counts in them. */
  readonly exact: boolean;
  /**
   * What the text around a mark reads as, and where it ends; undefined when it is nothing of the sort.
   * @param floor nothing left of it belongs to the view: it was part of an earlier one
   */
  readonly viewAt: (reader: Reader, start: number, floor: number) => Viewed | undefined;
  /** Whether all of the view is masked when a secret is in it, since what is left could be read all the same. */
  readonly isWhole?: true;
}

export interface Viewed {
  readonly view: View;
  readonly start: number;
  readonly end: number;
}

const WRAPPINGS: readonly Wrapping[] = [COLOUR_VIEW, PERCENT_VIEW, ENTITY_VIEW, HEX_DUMP_VIEW, BASE64_VIEW];
/** Views of views are read this far: base64 in JSON in a query. */
const MAX_DEPTH = 3;

/**
 * Where text is wrapped in another form, it is read as what it stands for, by the same pass: between colour codes, with
 * percents or entities, in a dump of bytes, in base64.
 */
export const VIEW_ANCHORS: readonly Anchor[] = WRAPPINGS.flatMap((wrapping) => {
  const parse = parserOf(wrapping);
  return wrapping.marks.map((text) => ({ text, exact: wrapping.exact, parse }));
});

function parserOf({ viewAt, isWhole }: Wrapping): Anchor['parse'] {
  return (reader, start) => {
    reader.usesMemory = true;
    if (reader.depth >= MAX_DEPTH || reader.scanInner === undefined) return undefined;
    const floor = reader.viewEnds.get(viewAt) ?? 0;
    if (start < floor) return undefined;
    const viewed = viewAt(reader, start, floor);
    if (viewed === undefined) return undefined;
    reader.viewEnds.set(viewAt, viewed.end);
    // Nothing was undone: the text is read as it is anyway.
    if (viewed.view.text === reader.text.slice(viewed.start, viewed.end)) return undefined;
    const { spans, steps } = reader.scanInner(viewed.view.text, reader.beginsLine(viewed.start));
    reader.steps += steps;
    if (spans.length === 0) return undefined;
    return isWhole === true ? wholeOf(viewed, spans) : spans.flatMap((span) => viewed.view.spansInSource(span));
  };
}

function wholeOf({ view }: Viewed, spans: readonly Span[]): Span[] | undefined {
  const secret = spans.find(({ kind }) => kind !== '');
  return secret && view.spansInSource({ kind: secret.kind, start: 0, end: view.text.length });
}
