import type { ComponentChildren } from 'preact';
import { useCallback, useMemo, useState } from 'preact/hooks';
import { VirtualList } from '../list/virtual-list.tsx';
import type { Entry } from '../transcript/entry.ts';
import { isUnfolded, type Row, rowsOf } from '../transcript/rows.ts';
import { EntryView } from './entry-view.tsx';

interface Props {
  readonly entries: readonly Entry[];
  /** Changes with them. */
  readonly version: number;
  readonly isOver: boolean;
  readonly head?: ComponentChildren;
}

/** What was said and done in a run. */
export function TranscriptView({ entries, version, isOver, head }: Props) {
  const [opened, setOpened] = useState<ReadonlyMap<string, boolean>>(new Map());
  const rows = useMemo(() => rowsOf(entries, (key) => opened.get(key)), [version, opened, entries]);
  const toggle = useCallback(
    (key: string, isOpen: boolean) => setOpened((before) => new Map(before).set(key, !isOpen)),
    [],
  );
  return (
    <VirtualList
      label="Transcript"
      items={rows}
      keyOf={({ entry }) => entry.key}
      guess={guess}
      isGrowing={!isOver}
      head={head}
      render={({ entry, depth }) => {
        const isOpen =
          entry.kind === 'called' ? isUnfolded(entry, (key) => opened.get(key)) : opened.get(entry.key) === true;
        return (
          <EntryView
            entry={entry}
            depth={depth}
            isOpen={isOpen}
            isOver={isOver}
            onToggle={() => toggle(entry.key, isOpen)}
          />
        );
      }}
    />
  );
}

/** Characters of a line and pixels of one, about. */
const COLUMNS = 90;
const LINE = 23;

function guess({ entry }: Row): number {
  if (entry.kind !== 'said' && entry.kind !== 'asked') return 36;
  return 18 + LINE * Math.min(40, Math.ceil(entry.text.length / COLUMNS));
}
