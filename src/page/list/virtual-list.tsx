import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { createHeights } from './heights.ts';

interface Props<Item> {
  readonly label: string;
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  /** The height that is assumed of an item until it is drawn, in pixels. */
  readonly guess: (item: Item) => number;
  readonly render: (item: Item) => ComponentChildren;
  /** Whether more may come: then the end stays in sight for whoever is there. */
  readonly isGrowing: boolean;
  /** Shown above the first one, and scrolled with it. */
  readonly head?: ComponentChildren;
}

/** Items are drawn that far above and below what is seen, in pixels. */
const MARGIN = 600;
/** A reader who is so close to the end, in pixels, follows it. */
const NEAR = 48;

/** A list whose items are in the document only while they are in sight. */
export function VirtualList<Item>({ label, items, keyOf, guess, render, isGrowing, head }: Props<Item>) {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const known = useRef(new Map<string, number>()).current;
  const [view, setView] = useState({ top: 0, height: 800 });
  const [, remeasured] = useState(0);
  const [isAtEnd, setAtEnd] = useState(isGrowing);
  const stick = useRef(isGrowing);
  const hadFocus = useRef(false);

  const heights = useMemo(
    () => createHeights(items.length, (index) => known.get(keyOf(items[index]!)) ?? guess(items[index]!)),
    [items],
  );
  const from = heights.indexAt(view.top - MARGIN);
  const to = items.length === 0 ? 0 : heights.indexAt(view.top + view.height + MARGIN) + 1;

  const look = useCallback(() => {
    const { current: box } = scroller;
    if (box === null) return;
    const above = list.current?.offsetTop ?? 0;
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
    stick.current = atEnd;
    setAtEnd(atEnd);
    setView((before) => {
      const top = Math.max(0, box.scrollTop - above);
      return before.top === top && before.height === box.clientHeight ? before : { top, height: box.clientHeight };
    });
  }, []);

  const current = useRef({ heights, items });
  current.current = { heights, items };
  const observer = useMemo(
    () =>
      new ResizeObserver((seen) => {
        let hasChanged = false;
        for (const { target, borderBoxSize } of seen) {
          if (!(target instanceof HTMLElement) || !target.isConnected) continue;
          const index = Number(target.dataset['index']);
          const item = current.current.items[index];
          const height = borderBoxSize[0]?.blockSize ?? target.offsetHeight;
          if (item === undefined || Math.abs(current.current.heights.at(index) - height) < 0.5) continue;
          known.set(keyOf(item), height);
          current.current.heights.set(index, height);
          hasChanged = true;
        }
        if (hasChanged) remeasured((count) => count + 1);
      }),
    [],
  );

  useEffect(() => {
    const whole = new ResizeObserver(look);
    if (scroller.current !== null) whole.observe(scroller.current);
    return () => {
      whole.disconnect();
      observer.disconnect();
    };
  }, []);

  useLayoutEffect(() => {
    const { current: box } = scroller;
    if (box === null) return;
    if (isGrowing && stick.current) box.scrollTop = box.scrollHeight;
    // What had the focus may have been scrolled away: the keyboard stays here.
    if (hadFocus.current && document.activeElement === document.body) box.focus({ preventScroll: true });
  });

  return (
    <div class="list">
      <div
        class="scroller"
        ref={scroller}
        tabIndex={0}
        role="group"
        aria-label={label}
        onScroll={look}
        onFocusIn={() => (hadFocus.current = true)}
        onFocusOut={({ relatedTarget }) => {
          if (relatedTarget !== null) hadFocus.current = false;
        }}
      >
        {head}
        <div ref={list} role="feed" aria-label={label} aria-busy={isGrowing}>
          <div style={{ height: `${heights.top(from)}px` }} />
          {items.slice(from, to).map((item, offset) => (
            <Measured key={keyOf(item)} index={from + offset} count={items.length} observer={observer}>
              {render(item)}
            </Measured>
          ))}
          <div style={{ height: `${Math.max(0, heights.total - heights.top(to))}px` }} />
        </div>
      </div>
      {isGrowing && !isAtEnd && (
        <button
          type="button"
          class="to-end"
          onClick={() => {
            const { current: box } = scroller;
            if (box === null) return;
            stick.current = true;
            box.scrollTop = box.scrollHeight;
          }}
        >
          ↓ Latest
        </button>
      )}
    </div>
  );
}

interface MeasuredProps {
  readonly index: number;
  readonly count: number;
  readonly observer: ResizeObserver;
  readonly children: ComponentChildren;
}

function Measured({ index, count, observer, children }: MeasuredProps) {
  const element = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const { current: target } = element;
    if (target === null) return undefined;
    observer.observe(target);
    return () => observer.unobserve(target);
  }, []);
  return (
    <article ref={element} data-index={index} aria-posinset={index + 1} aria-setsize={count} tabIndex={-1}>
      {children}
    </article>
  );
}
