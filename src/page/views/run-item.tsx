import type { Entry } from '../../client/client.ts';
import { formatCost, formatDuration } from '../../sinks/pretty/format.ts';
import { LINKS } from '../state/route.ts';
import { plain } from '../text/plain.ts';
import { ago } from './ago.ts';
import { Badge } from './badge.tsx';

/** A run in a list, as a link to it. */
export function RunItem({ run, isCurrent }: { readonly run: Entry; readonly isCurrent: boolean }) {
  const { runId, prompt, receivedAt, startedAt, endedAt, costUsd, labels } = run;
  const ms = startedAt === null || endedAt === null ? null : Date.parse(endedAt) - Date.parse(startedAt);
  return (
    <li>
      <a href={LINKS.run(runId)} aria-current={isCurrent ? 'page' : undefined}>
        <bdi class="title">{plain(prompt ?? runId)}</bdi>
        <span class="line">
          <Badge run={run} />
          <span class="figures">
            {[ms === null ? null : formatDuration(ms), costUsd === null ? null : formatCost(costUsd), ago(receivedAt)]
              .filter((part) => part !== null)
              .join(' · ')}
          </span>
        </span>
        {Object.keys(labels).length > 0 && (
          <bdi class="labels">
            {plain(
              Object.entries(labels)
                .map(([name, value]) => `${name}:${value}`)
                .join('  '),
            )}
          </bdi>
        )}
      </a>
    </li>
  );
}
