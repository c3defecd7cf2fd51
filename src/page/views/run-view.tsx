import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { countOf, formatCost, formatDuration } from '../../sinks/pretty/format.ts';
import { isOver, type RunFacts } from '../run-facts.ts';
import type { RunModel } from '../run-model.ts';
import { lineOf, shorten } from '../../shorten.ts';
import { LongText } from '../text/long-text.tsx';
import { plain } from '../text/plain.ts';
import { Badge } from './badge.tsx';
import { DetailsView } from './details-view.tsx';
import { Tabs } from './tabs.tsx';
import { TimelineView } from './timeline-view.tsx';
import { TranscriptView } from './transcript-view.tsx';

interface Props {
  readonly facts: RunFacts;
  readonly model: RunModel;
  /** Changes with what the model tells. */
  readonly version: number;
  /** What can be done about it. */
  readonly actions?: ComponentChildren;
  /** Shown below: questions, and how to go on. */
  readonly children?: ComponentChildren;
}

const TABS = ['Transcript', 'Timeline', 'Details'] as const;

/** A run: what is told of it, and what was said and done. */
export function RunView({ facts, model, version, actions, children }: Props) {
  const [tab, setTab] = useState<(typeof TABS)[number]>('Transcript');
  const { transcript } = model;
  return (
    <section class="run" aria-labelledby="run-title">
      <header class="run-head">
        <div class="line">
          <Badge run={facts} />
          <p class="figures">{figuresOf(facts, transcript.setting?.model ?? null)}</p>
          <div class="actions">{actions}</div>
        </div>
        <h1 id="run-title">
          <bdi>{titleOf(facts)}</bdi>
        </h1>
        <Verdict facts={facts} />
      </header>
      <Tabs label="Views of the run" names={TABS} current={tab} onPick={setTab}>
        {tab === 'Transcript' && (
          <TranscriptView
            entries={transcript.entries}
            version={version}
            isOver={isOver(facts)}
            head={<Asked facts={facts} />}
          />
        )}
        {tab === 'Timeline' && <TimelineView model={model} facts={facts} version={version} />}
        {tab === 'Details' && <DetailsView facts={facts} setting={transcript.setting} report={transcript.report} />}
      </Tabs>
      {children}
    </section>
  );
}

/** What was asked, as far as it is not the heading. */
function Asked({ facts }: { readonly facts: RunFacts }) {
  const { prompt, attachments } = facts;
  const isShown = prompt === null || titleOf(facts) === plain(prompt);
  if (isShown && attachments.length === 0) return null;
  return (
    <div class="prompt">
      {!isShown && <LongText text={prompt} label="Prompt" />}
      {attachments.length > 0 && (
        <p class="hint">
          Attached: <bdi>{plain(attachments.join(', '))}</bdi>
        </p>
      )}
    </div>
  );
}

/** Why it did not end as it should have. */
function Verdict({ facts }: { readonly facts: RunFacts }) {
  const { state, message, warnings } = facts;
  const isBad = isOver(facts) && facts.class !== 'success' && message !== null;
  if (!isBad && warnings.length === 0) return null;
  return (
    <div class={isBad ? 'verdict bad' : 'verdict'}>
      {isBad && (
        <p>
          <bdi>{plain(message ?? state)}</bdi>
        </p>
      )}
      {warnings.slice(0, 3).map((warning) => (
        <p class="hint">
          <bdi>{plain(warning)}</bdi>
        </p>
      ))}
    </div>
  );
}

/** UTF-16 units of a heading. */
const TITLE = 160;

/** The same of a model's name in the head; the details have all of it. */
const MODEL = 80;

function titleOf({ prompt, runId }: RunFacts): string {
  const text = plain(lineOf(prompt ?? '', TITLE * 2));
  if (text === '') return `Run ${runId?.slice(0, 8) ?? ''}`;
  return shorten(text, TITLE);
}

function figuresOf({ startedAt, endedAt, turns, tokens, costUsd }: RunFacts, model: string | null): string {
  const ms = startedAt === null || endedAt === null ? null : Math.max(0, endedAt - startedAt);
  return [
    ms === null ? null : formatDuration(ms),
    turns === null || turns === 0 ? null : countOf(turns, 'turn'),
    tokens === null ? null : countOf(tokens, 'token'),
    costUsd === null ? null : formatCost(costUsd),
    model === null ? null : shorten(plain(model), MODEL),
  ]
    .filter((part) => part !== null)
    .join(' · ');
}
