import { useEffect, useState } from 'preact/hooks';
import type { RunEvent } from '../../messages/types.ts';
import { factsOfReport } from '../run-facts.ts';
import { createRunModel } from '../run-model.ts';
import { inSlices } from '../state/next-task.ts';
import { RunView } from './run-view.tsx';

/** A run that is over, of which all stands in the document. */
export function ReportPage() {
  const [model] = useState(createRunModel);
  const [prompt, setPrompt] = useState<string | null>(null);
  const [isRead, setRead] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  useEffect(() => {
    const read = async (): Promise<void> => {
      setPrompt(promptIn(document));
      const rest = inSlices();
      for (const event of eventsIn(document)) {
        model.see(event);
        await rest();
      }
      setRead(true);
    };
    const begin = (): void => void read().catch((error: unknown) => setFailure(String(error)));
    // What follows this script is not there yet.
    if (document.readyState === 'loading') addEventListener('DOMContentLoaded', begin, { once: true });
    else begin();
  }, []);

  const { report } = model.transcript;
  if (!isRead || report === null) {
    return (
      <p class="empty" role="status">
        {failure ?? (isRead ? 'The report is incomplete: how the run ended is not in it.' : 'Reading the run…')}
      </p>
    );
  }
  return (
    <main class="report">
      <RunView facts={factsOfReport(report, prompt)} model={model} version={0} />
    </main>
  );
}

/** What the run was asked; null where the document does not tell. */
function promptIn(page: Document): string | null {
  const script = page.querySelector('#prompt');
  if (script === null) return null;
  script.remove();
  const prompt: unknown = JSON.parse(script.textContent ?? '');
  return typeof prompt === 'string' ? prompt : null;
}

/** The events in a report's document, which has many scripts of data, so that none takes long to read. */
function* eventsIn(page: Document): Generator<RunEvent> {
  for (const script of page.querySelectorAll('script[type="application/json"]')) {
    const events: readonly RunEvent[] = JSON.parse(script.textContent);
    script.remove();
    yield* events;
  }
}
