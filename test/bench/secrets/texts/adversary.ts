/** A text made to be slow, of exactly that many characters. */
export interface Adversary {
  readonly name: string;
  make(size: number): string;
}
