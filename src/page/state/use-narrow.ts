import { useEffect, useState } from 'preact/hooks';

/** As in page.css: below it, there is room for one thing at a time. */
const NARROW = '(max-width: 760px)';

/** Whether the window is as narrow as a phone, now and whenever that changes. */
export function useNarrow(): boolean {
  const [query] = useState(() => matchMedia(NARROW));
  const [isNarrow, setNarrow] = useState(query.matches);
  useEffect(() => {
    const follow = (): void => setNarrow(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, [query]);
  return isNarrow;
}
