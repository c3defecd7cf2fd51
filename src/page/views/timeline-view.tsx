import { useMemo } from 'preact/hooks';
import { formatCost, formatCount, formatDuration } from '../../sinks/pretty/format.ts';
import type { RunModel } from '../run-model.ts';
import type { RunFacts } from '../run-facts.ts';
import { plain } from '../text/plain.ts';
import { type Lane, plotted, type Span, timeByLane } from '../timeline/spans.ts';
import type { Turn } from '../timeline/turns.ts';

interface Props {
  readonly model: RunModel;
  readonly facts: RunFacts;
  readonly version: number;
}

const LANES: readonly { readonly lane: Lane; readonly name: string }[] = [
  { lane: 'model', name: 'Model' },
  { lane: 'tool', name: 'Tools' },
  { lane: 'wait', name: 'Waits' },
];

/** Units of the plot, which is as wide as there is room. */
const WIDTH = 1_000;
const LANE_HEIGHT = 26;
const BAR = 18;

/** Rows of a table; more would be read by nobody. */
const MOST_ROWS = 200;

/** What took a run's time, tokens and money: a plot of each, with a table that says the same. */
export function TimelineView({ model, facts, version }: Props) {
  const spans = useMemo(() => model.spans.spans(facts), [version, facts]);
  const turns = useMemo(() => model.turns.turns(model.transcript.report), [version, facts]);
  return (
    <div class="scroller timeline" tabIndex={0} role="group" aria-label="Timeline">
      <section>
        <h2>Time</h2>
        {spans.length === 0 ? <p class="empty">Nothing has taken time yet.</p> : <TimePlot spans={spans} />}
      </section>
      <section>
        <h2>Tokens and cost by turn</h2>
        {turns.length === 0 ? <p class="empty">The model has not answered yet.</p> : <TurnPlot turns={turns} />}
      </section>
    </div>
  );
}

function TimePlot({ spans }: { readonly spans: readonly Span[] }) {
  const from = spans[0]?.from ?? 0;
  const total = Math.max(1, spans.reduce((latest, { to }) => Math.max(latest, to), from) - from);
  const times = timeByLane(spans);
  const x = (time: number): number => ((time - from) / total) * WIDTH;
  const shown = plotted(spans, total / WIDTH);
  const longest = spans.length <= MOST_ROWS ? spans : longestOf(spans);
  const said = LANES.map(({ lane, name }) => `${name} ${formatDuration(times[lane])}`).join(', ');
  return (
    <>
      <ul class="legend">
        {LANES.map(({ lane, name }) => (
          <li>
            <span class={`swatch ${lane}`} aria-hidden="true" />
            {name} <b>{formatDuration(times[lane])}</b>
          </li>
        ))}
      </ul>
      <svg
        class="plot"
        role="img"
        aria-label={`Time by kind over ${formatDuration(total)}: ${said}`}
        viewBox={`0 0 ${WIDTH} ${LANES.length * LANE_HEIGHT}`}
        preserveAspectRatio="none"
      >
        {LANES.map(({ lane }, index) => (
          <g>
            <rect class="track" x={0} y={index * LANE_HEIGHT + 4} width={WIDTH} height={BAR} />
            {shown
              .filter((span) => span.lane === lane)
              .map((span) => (
                <rect
                  class={lane}
                  x={x(span.from)}
                  y={index * LANE_HEIGHT + 4}
                  width={Math.max(1.5, x(span.to) - x(span.from))}
                  height={BAR}
                >
                  <title>{`${plain(span.label)}: ${formatDuration(span.to - span.from)}`}</title>
                </rect>
              ))}
          </g>
        ))}
      </svg>
      <p class="axis" aria-hidden="true">
        {[0, 0.25, 0.5, 0.75, 1].map((part) => (
          <span>{part === 0 ? '0' : formatDuration(total * part)}</span>
        ))}
      </p>
      <details>
        <summary>As a table</summary>
        {longest.length < spans.length && (
          <p class="hint">
            The {MOST_ROWS} longest of {formatCount(spans.length)}.
          </p>
        )}
        <div class="wide" tabIndex={0} role="group" aria-label="What took the time">
          <table>
            <thead>
              <tr>
                <th scope="col">After</th>
                <th scope="col">Took</th>
                <th scope="col">Kind</th>
                <th scope="col">What</th>
              </tr>
            </thead>
            <tbody>
              {longest.map((span) => (
                <tr>
                  <td class="number">{formatDuration(span.from - from)}</td>
                  <td class="number">{formatDuration(span.to - span.from)}</td>
                  <td>{LANES.find(({ lane }) => lane === span.lane)?.name}</td>
                  <td class="what">
                    <bdi>{plain(span.label)}</bdi>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  );
}

function longestOf(spans: readonly Span[]): readonly Span[] {
  const lengths = spans.map(({ from, to }) => to - from).toSorted((one, other) => other - one);
  const least = lengths[MOST_ROWS - 1] ?? 0;
  return spans.filter(({ from, to }) => to - from >= least).slice(0, MOST_ROWS);
}

const KINDS = [
  { kind: 'cacheRead', name: 'Cache read' },
  { kind: 'cacheWritten', name: 'Cache written' },
  { kind: 'input', name: 'Input' },
  { kind: 'output', name: 'Output' },
] as const;

/** Bars of a plot; the turns of a longer run are put together. */
const MOST_BARS = 120;
const PLOT_HEIGHT = 120;

function TurnPlot({ turns }: { readonly turns: readonly Turn[] }) {
  const bars = grouped(turns, Math.ceil(turns.length / MOST_BARS));
  const most = bars.reduce((highest, bar) => Math.max(highest, tokensOf(bar)), 1);
  const width = WIDTH / bars.length;
  const shown = turns.slice(0, MOST_ROWS);
  const isExact = turns.every((turn) => turn.isExact);
  const titled = (name: string): string => (name === 'Output' && !isExact ? 'Output ≈' : name);
  const all = turns.reduce((sum, turn) => sum + tokensOf(turn), 0);
  return (
    <>
      <ul class="legend">
        {KINDS.map(({ kind, name }) => (
          <li>
            <span class={`swatch ${kind}`} aria-hidden="true" />
            {titled(name)}
          </li>
        ))}
      </ul>
      <svg
        class="plot tall"
        role="img"
        aria-label={`Tokens of ${formatCount(turns.length)} turns, ${formatCount(all)} in all, ${formatCount(most)} at most in one`}
        viewBox={`0 0 ${WIDTH} ${PLOT_HEIGHT}`}
        preserveAspectRatio="none"
      >
        {bars.map((bar, index) => {
          let top = PLOT_HEIGHT;
          return KINDS.map(({ kind }) => {
            const height = (bar[kind] / most) * PLOT_HEIGHT;
            top -= height;
            return (
              <rect
                class={kind}
                x={index * width + width * 0.1}
                y={top}
                width={Math.min(width * 0.8, 60)}
                height={height}
              />
            );
          });
        })}
      </svg>
      <div class="wide" tabIndex={0} role="group" aria-label="Tokens and cost by turn">
        <table>
          <thead>
            <tr>
              <th scope="col">Turn</th>
              <th scope="col">Model</th>
              {KINDS.map(({ name }) => (
                <th scope="col" class="number">
                  {titled(name)}
                </th>
              ))}
              <th scope="col" class="number">
                Cost ≈
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((turn, index) => (
              <tr>
                <td class="number">{index + 1}</td>
                <td>
                  <bdi>{plain(turn.model)}</bdi>
                  {turn.isSubagent && ' (subagent)'}
                </td>
                {KINDS.map(({ kind }) => (
                  <td class="number">{formatCount(turn[kind])}</td>
                ))}
                <td class="number">{turn.cost === null ? '–' : formatCost(turn.cost)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < turns.length && (
        <p class="hint">
          The first {MOST_ROWS} of {formatCount(turns.length)}.
        </p>
      )}
      <p class="hint">
        {isExact
          ? '≈ Claude tells the cost of a whole run: it is shared out by list prices.'
          : '≈ Claude tells the output and the cost of a whole run: they are shared out by what each turn wrote, and by list prices.'}
      </p>
    </>
  );
}

function grouped(turns: readonly Turn[], size: number): readonly Turn[] {
  if (size <= 1) return turns;
  return Array.from({ length: Math.ceil(turns.length / size) }, (_, index) =>
    turns.slice(index * size, (index + 1) * size).reduce((sum, turn) => ({
      ...sum,
      input: sum.input + turn.input,
      cacheRead: sum.cacheRead + turn.cacheRead,
      cacheWritten: sum.cacheWritten + turn.cacheWritten,
      output: sum.output + turn.output,
    })),
  );
}

function tokensOf({ input, cacheRead, cacheWritten, output }: Turn): number {
  return input + cacheRead + cacheWritten + output;
}
