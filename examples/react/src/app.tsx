import { type FormEvent, useState } from 'react';
import type { Client } from 'sluice/client';
import { useRun } from './use-run.ts';

/** A field to ask in, and what comes of it. */
export function App({ client }: { readonly client: Client }) {
  const [prompt, setPrompt] = useState('');
  const { status, parts, saying, outcome, error, ask, cancel, forget } = useRun(client);
  const isOpen = status === 'waiting' || status === 'running';

  function submit(event: FormEvent): void {
    event.preventDefault();
    ask({ prompt, maxTurns: 20 });
  }

  return (
    <main>
      <form onSubmit={submit}>
        <label htmlFor="prompt">What do you want to know?</label>
        <textarea id="prompt" value={prompt} onChange={({ target }) => setPrompt(target.value)} required />
        <button disabled={isOpen}>Ask</button>
        <button type="button" onClick={cancel} disabled={status !== 'running'}>
          Cancel
        </button>
        <button type="button" onClick={forget} disabled={status === 'idle'}>
          Clear
        </button>
      </form>
      <section aria-live="polite" aria-busy={isOpen}>
        {parts.map((part) =>
          part.kind === 'text' ? <p key={part.id}>{part.text}</p> : <p key={part.id}>· {part.name}</p>,
        )}
        {saying !== '' && <p>{saying}</p>}
      </section>
      <output>{error ?? outcome ?? (isOpen ? 'at it…' : '')}</output>
    </main>
  );
}
