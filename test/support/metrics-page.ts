/** What a metrics page says of one metric. */
export interface Metric {
  readonly help: string;
  readonly type: string;
  /** Values by name and labels, as they are written: `sluice_queries_total{ended="finished"}`. */
  readonly samples: ReadonlyMap<string, number>;
}

const COMMENT = /^# (HELP|TYPE) ([a-zA-Z_:][\w:]*) (.+)$/;
const SAMPLE =
  /^([a-zA-Z_:][\w:]*)(\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)+\})? (-?[\d.]+(?:e[+-]?\d+)?|[+-]Inf|Nan)$/;

/**
 * Reads the text format of Prometheus, by metric.
 * @throws Error for a line that is none of it, and for a value whose metric has no type or help
 */
export function readMetrics(page: string): ReadonlyMap<string, Metric> {
  const metrics = new Map<string, { help: string; type: string; samples: Map<string, number> }>();
  for (const line of page.split('\n')) {
    if (line === '') continue;
    const [, kind, about, text] = COMMENT.exec(line) ?? [];
    if (about !== undefined && text !== undefined) {
      const metric = metrics.get(about) ?? { help: '', type: '', samples: new Map<string, number>() };
      metrics.set(about, { ...metric, [kind === 'HELP' ? 'help' : 'type']: text });
      continue;
    }
    const [, name, labels = '', value] = SAMPLE.exec(line) ?? [];
    if (name === undefined) throw new Error(`not of the text format: ${line}`);
    const metric = metrics.get(name) ?? metrics.get(name.replace(/_(?:bucket|sum|count)$/, ''));
    if (!metric?.help || !metric.type) throw new Error(`a value without help or type: ${line}`);
    if (metric.samples.has(name + labels)) throw new Error(`a value that comes twice: ${line}`);
    metric.samples.set(name + labels, Number(value?.replace('Inf', 'Infinity')));
  }
  return metrics;
}

/** The values of one metric, by labels as they are written. */
export function samplesOf(page: string, name: string): Record<string, number> {
  return Object.fromEntries(readMetrics(page).get(name)?.samples ?? []);
}
