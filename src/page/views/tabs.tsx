import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';

interface Props<Name extends string> {
  readonly label: string;
  readonly names: readonly Name[];
  readonly current: Name;
  readonly onPick: (name: Name) => void;
  readonly children: ComponentChildren;
}

/** Views of which one is shown; arrow keys go from one to the other (ARIA, tabs). */
export function Tabs<Name extends string>({ label, names, current, onPick, children }: Props<Name>) {
  const list = useRef<HTMLDivElement>(null);

  function move(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const next = (names.indexOf(current) + step + names.length) % names.length;
    const name = names[next];
    if (name === undefined) return;
    event.preventDefault();
    onPick(name);
    list.current?.querySelectorAll('button')[next]?.focus();
  }

  return (
    <>
      <div class="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={move}>
        {names.map((name) => (
          <button
            type="button"
            role="tab"
            id={`tab-${name}`}
            aria-selected={name === current}
            aria-controls="tab-panel"
            tabIndex={name === current ? 0 : -1}
            onClick={() => onPick(name)}
          >
            {name}
          </button>
        ))}
      </div>
      <div class="panel" role="tabpanel" id="tab-panel" aria-labelledby={`tab-${current}`}>
        {children}
      </div>
    </>
  );
}
