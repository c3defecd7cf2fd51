import { useEffect } from 'preact/hooks';

/** Has the window be called after what is shown, as long as it is. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · sluice`;
  }, [title]);
}
