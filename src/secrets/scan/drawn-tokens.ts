/** How much text is searched at a time. */
const WINDOW = 256;
/** A token is judged by its beginning. */
const JUDGED = 64;
/** At least eight characters that no quote, bracket, comma or blank parts, behind no part of a word; with a digit, or letters of both cases. */
const DRAWN =
  /(?<![\w.-])(?=[A-Za-z\d][^\s"'`,;<>(){}[\]\\]{7})(?=[^\s"'`,;<>(){}[\]\\]{0,63}\d|(?=[^\s"'`,;<>(){}[\]\\]{0,63}[a-z])[^\s"'`,;<>(){}[\]\\]{0,63}[A-Z])/g;
const SOLID = /[^\s"'`,;<>(){}[\]\\]{0,64}/y;

/** Where tokens begin that may be random. Asked about stretches that follow one another, it searches the text once. */
export class DrawnTokens {
  readonly #text: string;
  #from = 0;
  /** None begins from `#from` on and before it; whether one does here. */
  #next = 0;
  #isFound = false;

  constructor(text: string) {
    this.#text = text;
  }

  /** Whether one begins from `from` on and before `to`. */
  beginsWithin(from: number, to: number): boolean {
    if (from < this.#from || from > this.#next) {
      this.#from = from;
      this.#next = from;
      this.#isFound = false;
    }
    while (!this.#isFound && this.#next < to) this.#search();
    return this.#isFound && this.#next < to;
  }

  /** Where the text ends that decides whether one begins before `to`. */
  reachOf(to: number): number {
    SOLID.lastIndex = to;
    SOLID.test(this.#text);
    return SOLID.lastIndex + 1;
  }

  #search(): void {
    const end = this.#next + WINDOW;
    const start = Math.max(0, this.#next - 1);
    DRAWN.lastIndex = this.#next - start;
    // What is found has no length: the expression stops where that begins.
    const at = DRAWN.test(this.#text.slice(start, end + JUDGED)) ? start + DRAWN.lastIndex : end;
    this.#isFound = at < end;
    this.#next = Math.min(at, end);
  }
}
