import { useState } from 'preact/hooks';
import type { Client, Query } from '../../client/client.ts';
import { AttachmentsField } from '../attach/attachments-field.tsx';
import { useAttachments } from '../attach/use-attachments.ts';
import { submitOnKeys, useSubmit } from '../state/use-submit.ts';
import { useTitle } from '../state/use-title.ts';
import { NEW_RUN_FIELDS, type NewRunField, queryOf } from './new-run-fields.ts';

interface Props {
  readonly client: Client;
  readonly onUnauthorized: () => void;
  /** Whether there is no room for it just now: what was typed stays. */
  readonly isHidden: boolean;
}

/** Asks for a new run. */
export function NewRunForm({ client, onUnauthorized, isHidden }: Props) {
  const [values, setValues] = useState<Partial<Record<keyof Query, string>>>({});
  const attachments = useAttachments();
  const { send, isSending, failure } = useSubmit(client, onUnauthorized);
  useTitle(isHidden ? 'Runs' : 'New run');
  return (
    <section class="new-run" aria-labelledby="new-run-title" hidden={isHidden}>
      <h1 id="new-run-title">New run</h1>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send(() => queryOf(values.prompt ?? '', values), attachments);
        }}
        onKeyDown={submitOnKeys}
        {...attachments.handlers}
      >
        <label for="prompt">Prompt</label>
        <textarea
          id="prompt"
          rows={7}
          required
          value={values.prompt ?? ''}
          onInput={({ currentTarget }) => setValues({ ...values, prompt: currentTarget.value })}
        />
        <AttachmentsField attachments={attachments} label="Attach files…" />
        <details>
          <summary>Options</summary>
          <div class="options">
            {NEW_RUN_FIELDS.map((field) => (
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
  readonly field: NewRunField;
  readonly value: string;
  readonly onValue: (value: string) => void;
}

function OptionField({ field: { name, label, hint, kind, choices }, value, onValue }: OptionFieldProps) {
  const id = `new-run-${name}`;
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
