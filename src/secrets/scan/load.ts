/** Where marks that are added from left to right weigh more than they may within some length. */
export class Load {
  readonly #most: number;
  readonly #within: number;
  /** Where marks stand, each followed by what it weighs: the last ones that weigh `most` together. */
  #marks: number[] = [];
  #first = 0;
  #weight = 0;

  /** @param within in characters */
  constructor(most: number, within: number) {
    this.#most = most;
    this.#within = within;
  }

  /** Adds a mark. Returns how far behind it there is too much, or -1 when there is not. */
  add(at: number, weight: number): number {
    const marks = this.#marks;
    marks.push(at, weight);
    this.#weight += weight;
    while (this.#weight - (marks[this.#first + 1] ?? 0) >= this.#most) {
      this.#weight -= marks[this.#first + 1] ?? 0;
      this.#first += 2;
    }
    if (this.#first > 1024) {
      this.#marks = marks.slice(this.#first);
      this.#first = 0;
    }
    const end = (this.#marks[this.#first] ?? 0) + this.#within;
    return this.#weight >= this.#most && at < end ? end : -1;
  }
}
