import { spawnsSubagent } from '../../sinks/pretty/describe-tool.ts';
import { countOf, formatDuration } from '../../sinks/pretty/format.ts';
import { lineOf, wholeUnits } from '../../shorten.ts';
import { LongText } from '../text/long-text.tsx';
import { Markdown } from '../text/markdown.tsx';
import { plain } from '../text/plain.ts';
import type { Called, Entry, Noted, Words } from '../transcript/entry.ts';

interface Props {
  readonly entry: Entry;
  /** How many subagents it is in. */
  readonly depth: number;
  /** Whether it is unfolded, where it can be. */
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  /** Whether nothing comes any more. */
  readonly isOver: boolean;
}

/** One entry of a transcript. */
export function EntryView({ entry, depth, ...folding }: Props) {
  return <div class={`entry ${entry.kind} depth-${Math.min(depth, 3)}`}>{content(entry, folding)}</div>;
}

type Folding = Omit<Props, 'entry' | 'depth'>;

function content(entry: Entry, folding: Folding) {
  switch (entry.kind) {
    case 'said':
      return <Markdown text={entry.text} label="Claude" />;
    case 'asked':
      return <Markdown text={entry.text} label="Prompt" />;
    case 'thought':
      return thought(entry, folding);
    case 'called':
      return call(entry, folding);
    case 'noted':
      return note(entry);
    default:
      return entry satisfies never;
  }
}

/** UTF-16 units that are shown of a thought that is folded, and of a note. */
const MOST_SUMMARY = 200;
const MOST_NOTE = 2_000;

function thought({ text, isLive }: Words, { isOpen, onToggle }: Folding) {
  return (
    <>
      <button type="button" class="fold" aria-expanded={isOpen} onClick={onToggle}>
        <span class="name">{isLive ? 'Thinking…' : 'Thought'}</span>
        <bdi class="summary">{plain(lineOf(text, MOST_SUMMARY))}</bdi>
      </button>
      {isOpen && <LongText text={text} label="Thought" />}
    </>
  );
}

function call({ name, summary, input, result, progress, inside, at }: Called, { isOpen, onToggle, isOver }: Folding) {
  const state = result === null ? (isOver ? 'lost' : 'running') : result.hasFailed ? 'failed' : 'done';
  return (
    <>
      <button type="button" class="fold" aria-expanded={isOpen} onClick={onToggle}>
        <span class={`mark ${state}`} aria-label={STATES[state]} role="img" />
        <bdi class="name">{plain(name)}</bdi>
        <bdi class="summary">{plain(summary)}</bdi>
        <span class="time">
          {result === null
            ? isOver
              ? 'no result'
              : plain(progress ?? '')
            : formatDuration(Math.max(0, result.at - at))}
        </span>
      </button>
      {inside.length > 0 && !isOpen && <p class="inside">{countOf(inside.length, 'step')} of a subagent</p>}
      {isOpen && (
        <div class="call">
          {spawnsSubagent(name) || <LongText text={textOf(input)} label="Input" />}
          {result !== null && result.text !== '' && (
            <div class={result.hasFailed ? 'result failed' : 'result'}>
              <LongText text={result.text} label="Result" />
            </div>
          )}
        </div>
      )}
    </>
  );
}

const STATES = { running: 'running', done: 'done', failed: 'failed', lost: 'without a result' } as const;

/** Whether what a tool was given is one text, that; else all of it as JSON. */
function textOf(input: unknown): string {
  if (typeof input === 'string') return input;
  if (typeof input !== 'object' || input === null) return JSON.stringify(input ?? null);
  const values: readonly unknown[] = Object.values(input);
  const [only] = values;
  return values.length === 1 && typeof only === 'string' ? only : JSON.stringify(input, null, 2);
}

function note({ tone, text }: Noted) {
  return (
    <p class={`note ${tone}`}>
      <bdi>{plain(text.slice(0, wholeUnits(text, MOST_NOTE)))}</bdi>
    </p>
  );
}
