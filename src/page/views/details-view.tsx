import type { ComponentChildren } from 'preact';
import { ADVICE } from '../../explain/advice.ts';
import { isRecord } from '../../is-record.ts';
import type { Report } from '../../outcome/report-schema.ts';
import { formatCost, formatCount, formatDuration } from '../../sinks/pretty/format.ts';
import type { RunFacts } from '../run-facts.ts';
import { LongText } from '../text/long-text.tsx';
import { plain } from '../text/plain.ts';
import type { Setting } from '../transcript/fold-transcript.ts';

interface Props {
  readonly facts: RunFacts;
  readonly setting: Setting | null;
  readonly report: Report | null;
}

/** All there is to tell of a run but what was said and done. */
export function DetailsView({ facts, setting, report }: Props) {
  return (
    <div class="scroller details" tabIndex={0} role="group" aria-label="Details">
      {report !== null && <Verdict report={report} />}
      <section>
        <h2>Run</h2>
        <dl>
          {pairs([
            ['Run', facts.runId],
            ['Session', facts.sessionId],
            ['Model', setting?.model ?? report?.claude.model],
            ['Folder', setting?.cwd ?? report?.claude.cwd],
            ['Permission mode', setting?.permissionMode ?? report?.claude.permissionMode],
            ['Claude Code', setting?.version ?? report?.claude.version],
            ['Started', facts.startedAt === null ? null : new Date(facts.startedAt).toISOString()],
            ['Secrets masked', report === null ? null : formatCount(report.redactions.total)],
            ...Object.entries(facts.labels),
          ])}
        </dl>
      </section>
      {report !== null && <Figures report={report} />}
    </div>
  );
}

function Verdict({ report: { outcome, attempts, claude } }: { readonly report: Report }) {
  const { evidence, warnings } = outcome;
  const advice = ADVICE[outcome.class] ?? [];
  return (
    <section>
      <h2>Outcome</h2>
      <dl>
        {pairs([
          ['Class', outcome.class],
          ['Exit code', String(outcome.exitCode)],
          ['Message', outcome.message],
          ['Ended early by', evidence.stoppedBy],
          ['Result of claude', evidence.resultSubtype],
          [
            'Failure of the API',
            evidence.apiErrorStatus === null ? evidence.apiError : `status ${evidence.apiErrorStatus}`,
          ],
          ['Retries', attempts.length === 0 ? null : formatCount(attempts.length)],
        ])}
      </dl>
      <Lines title="Warnings" lines={warnings} />
      <Lines title="What to try" lines={advice} />
      {claude.stderr.trim() !== '' && (
        <>
          <h3>The end of claude's stderr</h3>
          <LongText text={claude.stderr} label="stderr" />
        </>
      )}
    </section>
  );
}

function Lines({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul>
        {lines.map((line) => (
          <li>
            <bdi>{plain(line)}</bdi>
          </li>
        ))}
      </ul>
    </>
  );
}

function Figures({ report }: { readonly report: Report }) {
  const { tools, modelUsage, approvals = [], permissionDenials } = report;
  return (
    <>
      <Table
        title="Models"
        columns={['Model', 'Cost']}
        rows={Object.entries(modelUsage).map(([name, usage]) => [
          name,
          isRecord(usage) && typeof usage['costUSD'] === 'number' ? formatCost(usage['costUSD']) : '–',
        ])}
      />
      <Table
        title="Tools"
        columns={['Tool', 'Calls', 'Errors']}
        rows={tools.map(({ name, calls, errors }) => [name, formatCount(calls), formatCount(errors)])}
      />
      <Table
        title="Approvals"
        columns={['Tool', 'Decision', 'Because', 'By', 'Waited']}
        rows={approvals.map(({ tool, decision, because, by, waitedMs }) => [
          tool,
          decision,
          because,
          by ?? '–',
          formatDuration(waitedMs),
        ])}
      />
      <Lines title="Denied by claude" lines={permissionDenials.map(({ tool_name: name }) => name)} />
    </>
  );
}

interface TableProps {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

function Table({ title, columns, rows }: TableProps) {
  if (rows.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <div class="wide" tabIndex={0} role="group" aria-label={title}>
        <table>
          <thead>
            <tr>
              {columns.map((name) => (
                <th scope="col">{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((cells) => (
              <tr>
                {cells.map((cell) => (
                  <td>
                    <bdi>{plain(cell)}</bdi>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function pairs(all: readonly (readonly [name: string, value: string | null | undefined])[]): ComponentChildren {
  return all
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => (
      <div>
        <dt>{plain(name)}</dt>
        <dd>
          <bdi>{plain(value ?? '')}</bdi>
        </dd>
      </div>
    ));
}
