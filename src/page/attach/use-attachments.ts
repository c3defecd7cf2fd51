import { useState } from 'preact/hooks';
import { problemOf, type SentFile, sentFileOf } from './sent-file.ts';

/** Files that are to be sent along. */
export interface Attachments {
  readonly files: readonly File[];
  readonly add: (files: Iterable<File>) => void;
  readonly remove: (file: File) => void;
  readonly clear: () => void;
  /** What is sent of them. @throws Error with a line for people */
  readonly read: () => Promise<readonly SentFile[]>;
  /** For what they can be dropped on, or pasted into. */
  readonly handlers: {
    readonly onDragOver: (event: DragEvent) => void;
    readonly onDrop: (event: DragEvent) => void;
    readonly onPaste: (event: ClipboardEvent) => void;
  };
}

export function useAttachments(): Attachments {
  const [files, setFiles] = useState<readonly File[]>([]);
  const add = (more: Iterable<File>): void => setFiles((before) => [...before, ...more]);

  function take(event: Event, given: DataTransfer | null): void {
    // Text is for the field that it is dropped on, or pasted into.
    if (given === null || given.files.length === 0) return;
    event.preventDefault();
    add(given.files);
  }

  return {
    files,
    add,
    remove: (file) => setFiles((before) => before.filter((one) => one !== file)),
    clear: () => setFiles([]),
    async read() {
      const problem = problemOf(files);
      if (problem !== null) throw new Error(problem);
      return Promise.all(
        files.map((file) =>
          sentFileOf(file).catch((error: unknown) => {
            throw new Error(`${file.name}: it cannot be read any more`, { cause: error });
          }),
        ),
      );
    },
    handlers: {
      onDragOver(event) {
        if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
      },
      onDrop: (event) => take(event, event.dataTransfer),
      onPaste: (event) => take(event, event.clipboardData),
    },
  };
}
