import { useState } from 'preact/hooks';
import { formatCount } from '../../sinks/pretty/format.ts';
import { wholeUnits } from '../../shorten.ts';
import { plain } from './plain.ts';

/** UTF-16 units and lines that are shown at first, and units that each click adds. */
const FIRST = { units: 3_000, lines: 40 };
const MORE = 20_000;

/** A text as it is, the beginning of it where it is long. */
export function LongText({ text, label }: { readonly text: string; readonly label: string }) {
  const [shown, setShown] = useState(() => beginningOf(text));
  const rest = text.length - shown;
  return (
    <>
      <pre tabIndex={0} role="group" aria-label={label}>
        {plain(text.slice(0, shown))}
      </pre>
      {rest > 0 && (
        <button type="button" class="quiet" onClick={() => setShown(wholeUnits(text, shown + MORE))}>
          Show {formatCount(Math.min(rest, MORE))} more of {formatCount(text.length)} characters
        </button>
      )}
    </>
  );
}

/** Where the beginning of a text ends. */
function beginningOf(text: string): number {
  let end = -1;
  for (let lines = 0; lines < FIRST.lines; lines++) {
    const next = text.indexOf('\n', end + 1);
    if (next === -1 || next > FIRST.units) return wholeUnits(text, FIRST.units);
    end = next;
  }
  return end;
}
