/** Finds where marks, added from left to right, weigh too much together within some length. */
export class Load {
  readonly #most: number;
  readonly #within: number;
  /** Where marks stand, each followed by what it weighs: the last ones that weigh `most` together. */
  #marks: number[] = [];
  #first = 0;
  #weight = 0;

  /**
   * @param most what is too much, of whatever marks are weighed by
   * @param within in characters
   */
  constructor(most: number, within: number) {
    this.#most = most;
    this.#within = within;
  }

  /** Adds a mark. Returns the place up to which there is too much now, or -1 where there is not. */
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
