/** Text that comes in pieces and leaves as finished lines; cutting it into other pieces gives the same lines. */
export interface Flow {
  /** The lines that are finished now. The text is safe to print already. */
  push(text: string): readonly string[];
  /** What has come and is not finished. Of a long text, the end: about so many characters, from a line's start if possible. */
  unfinished(characters: number): Unfinished;
  /** What is left; the flow begins anew after it. */
  end(): readonly string[];
}

/** The text of lines that are not finished, as it came. */
export interface Unfinished {
  readonly text: string;
  /** Whether an empty line will stand before them. */
  readonly apart: boolean;
}

/** How wide a flow may be now, in columns. */
export type Columns = () => number;
