/** Text that comes in pieces and leaves as finished lines; cutting it into other pieces gives the same lines. */
export interface Flow {
  /** The lines that are finished now. The text is safe to print already. */
  push(text: string): readonly string[];
  /** The end of what has come and is not finished, as it came: about so many characters, from a line's start if possible. */
  unfinished(characters: number): string;
  /** What is left; the flow begins anew after it. */
  end(): readonly string[];
}

/** How wide a flow may be now, in columns. */
export type Columns = () => number;
