/** Where a sink's text goes. A promise means: wait for it before writing more. It rejects with the system's error. */
export interface Output {
  write(text: string): void | Promise<void>;
}

/** An output that a person may be looking at. */
export interface Terminal extends Output {
  readonly isTTY: boolean;
  /** The width in columns now; it changes when the window is resized. Infinity off a terminal. */
  columns(): number;
  /** The height in rows now; 0 where the cursor can't be moved, so that what is printed stays. Default: 0. */
  rows?(): number;
  /** Whether others may have written on it since this was asked last, as a shell does while we are stopped. Default: no. */
  wasLeft?(): boolean;
  /** chalk's colour level: 0 none, 1 basic, 2 256 colours, 3 truecolor. */
  readonly colorLevel: 0 | 1 | 2 | 3;
}
