import { useState } from 'preact/hooks';
import type { Client, Query } from '../../client/client.ts';
import { failureText, isUnauthorized } from '../state/failure-text.ts';
import { LINKS } from '../state/route.ts';
import { useTitle } from '../state/use-title.ts';
import { ASK_FIELDS, type AskField, queryOf } from './ask-fields.ts';

interface Props {
  readonly client: Client;
  readonly onUnauthorized: () => void;
}

/** Asks for a new run. */
export function AskForm({ client, onUnauthorized }: Props) {
  const [values, setValues] = useState<Partial<Record<keyof Query, string>>>({});
  const { send, isSending, failure } = useSubmit(client, onUnauthorized);
  useTitle('New run');
  return (
    <section class="ask" aria-labelledby="ask-title">
      <h1 id="ask-title">New run</h1>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send(() => queryOf(values.prompt ?? '', values));
        }}
        onKeyDown={submitOnKeys}
      >
        <label for="prompt">Prompt</label>
        <textarea
          id="prompt"
          rows={7}
          required
          value={values.prompt ?? ''}
          onInput={({ currentTarget }) => setValues({ ...values, prompt: currentTarget.value })}
        />
        <details>
          <summary>Options</summary>
          <div class="options">
            {ASK_FIELDS.map((field) => (
              <OptionField
                field={field}
                value={values[field.name] ?? ''}
                onValue={(value) => setValues({ ...values, [field.name]: value })}
              />
            ))}
          </div>
        </details>
        <p role="alert" class="failure">
          {failure}
        </p>
        <p class="line">
          <button type="submit" class="primary" disabled={isSending}>
            Run
          </button>
          <span class="hint">Ctrl Enter</span>
        </p>
      </form>
    </section>
  );
}

interface OptionFieldProps {
  readonly field: AskField;
  readonly value: string;
  readonly onValue: (value: string) => void;
}

function OptionField({ field: { name, label, hint, kind, choices }, value, onValue }: OptionFieldProps) {
  const id = `ask-${name}`;
  const common = {
    id,
    value,
    onInput: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
      onValue(currentTarget.value),
    ...(hint === undefined ? {} : { 'aria-describedby': `${id}-hint` }),
  };
  const isLong = kind === 'long' || kind === 'json';
  return (
    <div class={isLong ? 'long' : undefined}>
      <label for={id}>{label}</label>
      {choices !== undefined ? (
        <select {...common}>
          <option value="">as the server has it</option>
          {choices.map((choice) => (
            <option value={choice}>{choice}</option>
          ))}
        </select>
      ) : isLong ? (
        <textarea {...common} rows={3} />
      ) : (
        <input {...common} inputMode={kind === 'number' || kind === 'seconds' ? 'decimal' : undefined} />
      )}
      {hint !== undefined && (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </div>
  );
}

/** Goes on with the session of a run that has ended. */
export function GoOnForm({ client, sessionId, onUnauthorized }: Props & { readonly sessionId: string }) {
  const [prompt, setPrompt] = useState('');
  const { send, isSending, failure } = useSubmit(client, onUnauthorized);
  return (
    <form
      class="go-on"
      onSubmit={(event) => {
        event.preventDefault();
        if (prompt.trim() !== '') void send(() => ({ prompt, sessionId }));
      }}
      onKeyDown={submitOnKeys}
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
    </form>
  );
}

/** Submits queries, and shows the run that each becomes. */
function useSubmit(client: Client, onUnauthorized: () => void) {
  const [isSending, setSending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  async function send(query: () => Query): Promise<void> {
    setSending(true);
    setFailure(null);
    try {
      const { runId } = await client.submit(query());
      location.hash = LINKS.run(runId);
    } catch (error) {
      if (isUnauthorized(error)) onUnauthorized();
      else setFailure(failureText(error));
    } finally {
      setSending(false);
    }
  }

  return { send, isSending, failure };
}

function submitOnKeys(event: KeyboardEvent & { readonly currentTarget: HTMLFormElement }): void {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
}
