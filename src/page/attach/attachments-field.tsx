import { useRef } from 'preact/hooks';
import { plain } from '../text/plain.ts';
import { formatSize } from './sent-file.ts';
import type { Attachments } from './use-attachments.ts';

interface Props {
  readonly attachments: Attachments;
  /** What the button says. */
  readonly label: string;
}

/** Chooses files, and lists those that were chosen, dropped and pasted. */
export function AttachmentsField({ attachments: { files, add, remove }, label }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <div class="attachments">
      <button type="button" class="quiet" ref={button} onClick={() => input.current?.click()}>
        {label}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={label}
        onChange={({ currentTarget }) => {
          add(currentTarget.files ?? []);
          // The same file can be chosen again once it was taken off.
          currentTarget.value = '';
        }}
      />
      <ul aria-label="Attached">
        {files.map((file) => (
          <li>
            <bdi class="name">{plain(file.name)}</bdi>
            <span class="figures">{formatSize(file.size)}</span>
            <button
              type="button"
              class="quiet"
              aria-label={`Remove ${plain(file.name)}`}
              onClick={() => {
                remove(file);
                button.current?.focus();
              }}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
