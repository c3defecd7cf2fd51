import { useEffect, useRef, useState } from 'preact/hooks';

/** Milliseconds between two drawings of a long transcript, and of a short one. */
const PACES = { long: 250, short: 40 } as const;

/** A number that grows when something has changed, at a pace at which it can be drawn. */
export function useVersion(isLong: () => boolean): readonly [version: number, changed: () => void] {
  const [version, setVersion] = useState(0);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const changed = (): void => {
    timer.current ??= setTimeout(
      () => {
        timer.current = undefined;
        setVersion((before) => before + 1);
      },
      isLong() ? PACES.long : PACES.short,
    );
  };
  return [version, changed];
}
