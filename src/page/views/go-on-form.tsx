import { useState } from 'preact/hooks';
import type { Client } from '../../client/client.ts';
import { AttachmentsField } from '../attach/attachments-field.tsx';
import { useAttachments } from '../attach/use-attachments.ts';
import { submitOnKeys, useSubmit } from '../state/use-submit.ts';

interface Props {
  readonly client: Client;
  readonly sessionId: string;
  readonly onUnauthorized: () => void;
}

/** Goes on with a session. */
export function GoOnForm({ client, sessionId, onUnauthorized }: Props) {
  const [prompt, setPrompt] = useState('');
  const attachments = useAttachments();
  const { send, isSending, failure } = useSubmit(client, onUnauthorized);
  return (
    <form
      class="go-on"
      onSubmit={(event) => {
        event.preventDefault();
        if (prompt.trim() !== '') void send(() => ({ prompt, sessionId }), attachments);
      }}
      onKeyDown={submitOnKeys}
      {...attachments.handlers}
    >
      <p role="alert" class="failure">
        {failure}
      </p>
      <div class="line">
        <textarea
          rows={1}
          aria-label="Go on with this session"
          placeholder="Go on with this session…"
          value={prompt}
          onInput={({ currentTarget }) => setPrompt(currentTarget.value)}
        />
        <button type="submit" class="primary" disabled={isSending}>
          Go on
        </button>
      </div>
      <AttachmentsField attachments={attachments} label="Attach…" />
    </form>
  );
}
