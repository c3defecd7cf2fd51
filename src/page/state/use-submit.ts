import { useState } from 'preact/hooks';
import type { Client, Query } from '../../client/client.ts';
import { whyBrokenOff } from '../attach/sent-file.ts';
import type { Attachments } from '../attach/use-attachments.ts';
import { failureText, isUnauthorized } from './failure-text.ts';
import { LINKS } from './route.ts';

/** Submits queries, and shows the run that each becomes. */
export function useSubmit(client: Client, onUnauthorized: () => void) {
  const [isSending, setSending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  async function send(query: () => Query, attachments: Attachments): Promise<void> {
    setSending(true);
    setFailure(null);
    try {
      const asked = query();
      const files = await attachments.read();
      const { runId } = await client.submit({ ...asked, ...(files.length === 0 ? {} : { attachments: files }) });
      attachments.clear();
      location.hash = LINKS.run(runId);
    } catch (error) {
      if (isUnauthorized(error)) onUnauthorized();
      // To a browser, a request that is refused while it is being sent is a connection that broke.
      else setFailure((error instanceof TypeError && whyBrokenOff(attachments.files)) || failureText(error));
    } finally {
      setSending(false);
    }
  }

  return { send, isSending, failure };
}

/** Ctrl Enter, and on a Mac Command Enter, in any field of a form. */
export function submitOnKeys(event: KeyboardEvent & { readonly currentTarget: HTMLFormElement }): void {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
}
