import { formatCost, formatCount, formatDuration, formatSeconds } from '../../sinks/pretty/format.ts';
import { neutralise } from '../../sinks/safe-text.ts';
import { kindOf } from '../progress/tally.ts';
import type { Result } from './results.ts';
import type { Summary } from './summary.ts';
import { shorten } from '../../shorten.ts';

/** So many items of each kind are shown; the files have the others. */
const MOST_ROWS = 1_000;

/** Characters of an answer that are shown. */
const MOST_OF_AN_ANSWER = 400;

/** A page without scripts that needs nothing else: what became of a batch. Nothing in it is acted upon by a browser. */
export function htmlReport(summary: Summary, results: Iterable<Result>): string {
  const { done, notDone, source, startedAt, endedEarly, letters } = summary;
  const bad = Object.values(notDone).reduce((sum, count) => sum + count, 0);
  const parts = [['done', done], ...Object.entries(notDone)] as const;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>${escape(`${formatCount(done)} of ${formatCount(done + bad)} done`)}</title>
<style>${STYLE}</style>
<main>
<h1>${escape(`${formatCount(done)} of ${formatCount(done + bad)} done`)}</h1>
<p class="quiet">${escape(source)} · <time>${escape(startedAt)}</time></p>
${endedEarly === null ? '' : `<p class="alert" role="alert">${escape(endedEarly)}</p>`}
<div class="bar" role="img" aria-label="${escape(parts.map(([kind, count]) => `${count} ${kind}`).join(', '))}">${parts
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `<i class="${kind === 'done' ? 'good' : 'bad'}" style="flex-grow:${count}"></i>`)
    .join('')}</div>
<dl>${figuresOf(summary)
    .map(([name, figure]) => `<div><dt>${escape(name)}</dt><dd>${escape(figure)}</dd></div>`)
    .join('')}</dl>
${letters.length === 0 ? '' : lettersOf(letters)}
${resultsOf(results)}
</main>
</html>
`;
}

function figuresOf({
  notDone,
  runs,
  executionTime,
  usage,
  costUsd,
  totalCostUsd,
}: Summary): (readonly [string, string])[] {
  return [
    ...Object.entries(notDone).map(([kind, count]) => [kind, formatCount(count)] as const),
    ['runs', formatCount(runs)],
    ['time', formatSeconds(executionTime)],
    ['tokens in', formatCount(usage.inputTokens)],
    ['tokens out', formatCount(usage.outputTokens)],
    ['cost', formatCost(costUsd)],
    ...(totalCostUsd === costUsd ? [] : [['cost, all starts', formatCost(totalCostUsd)] as const]),
  ];
}

function lettersOf(letters: Summary['letters']): string {
  const rows = letters
    .slice(0, MOST_ROWS)
    .map(
      (letter) =>
        `<tr><td>${escape(letter.id ?? letter.where)}</td><td class="bad">${escape(kindOf(letter))}</td><td>${escape(letter.message)}</td></tr>`,
    );
  return table('Not done', ['item', 'why', 'what was said'], rows, letters.length);
}

function resultsOf(results: Iterable<Result>): string {
  const rows: string[] = [];
  let total = 0;
  for (const { id, executionTime, totalCostUsd, result } of results) {
    total++;
    if (total > MOST_ROWS) continue;
    const answer = result.structured === undefined ? result.summary : JSON.stringify(result.structured);
    const time = formatDuration(executionTime);
    const cost = totalCostUsd === null ? '' : formatCost(totalCostUsd);
    rows.push(
      `<tr><td>${escape(id)}</td><td class="n">${escape(time)}</td><td class="n">${escape(cost)}</td><td>${escape(shorten(answer, MOST_OF_AN_ANSWER))}</td></tr>`,
    );
  }
  return total === 0 ? '' : table('Done', ['item', 'time', 'cost', 'answer'], rows, total);
}

function table(title: string, heads: readonly string[], rows: readonly string[], total: number): string {
  const rest = total - rows.length;
  return `<section><h2>${escape(title)} <span class="quiet">${formatCount(total)}</span></h2>
<div class="wide" tabindex="0" role="region" aria-label="${escape(title)}"><table><thead><tr>${heads
    .map((head) => `<th scope="col">${escape(head)}</th>`)
    .join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>${rest > 0 ? `<p class="quiet">and ${formatCount(rest)} more</p>` : ''}</section>`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as HTML shows it, in an element or an attribute in quotes. */
function escape(text: string): string {
  return neutralise(text).replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
}

const STYLE = `
:root{color-scheme:light dark;--ink:#1c2330;--quiet:#5b6474;--paper:#fff;--line:#dfe3ea;--good:#1a7f4b;--bad:#b42318;--soft:#f5f7fa}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ef;--quiet:#9aa4b5;--paper:#14181f;--line:#2b3240;--good:#4cc38a;--bad:#ff8a7a;--soft:#1b212b}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:72rem;margin:0 auto;padding:2rem 1rem 4rem}
h1{font-size:1.8rem;margin:0}
h2{font-size:1.1rem;margin:2.5rem 0 .5rem}
.quiet{color:var(--quiet);font-weight:400}
.alert{border-left:.25rem solid var(--bad);background:var(--soft);padding:.75rem 1rem}
.bar{display:flex;gap:2px;height:.75rem;border-radius:.4rem;overflow:hidden;margin:1.25rem 0}
.bar i{min-width:3px}
i.good{background:var(--good)}
i.bad{background:var(--bad)}
dl{display:flex;flex-wrap:wrap;gap:.75rem;margin:0}
dl div{background:var(--soft);border-radius:.5rem;padding:.6rem 1rem;min-width:7rem}
dt{color:var(--quiet);font-size:.85rem}
dd{margin:0;font-variant-numeric:tabular-nums;font-size:1.15rem}
.wide{overflow-x:auto;border:1px solid var(--line);border-radius:.5rem}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:left;vertical-align:top;padding:.5rem .75rem;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
th{color:var(--quiet);font-weight:500;white-space:nowrap}
td:first-child{font-family:ui-monospace,monospace;min-width:8rem}
td:last-child{min-width:16rem}
td.n{white-space:nowrap;font-variant-numeric:tabular-nums;text-align:right}
td.bad{color:var(--bad);white-space:nowrap}
tr:last-child td{border-bottom:0}
`;
