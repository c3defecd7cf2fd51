/** What input may cost, in dollars. */
export interface ListPrice {
  readonly least: number;
  readonly most: number;
  /** The models that it is for, such as `sonnet` or `haiku to opus`. */
  readonly models: string;
}

/**
 * Dollars for a million tokens of input that no cache knows, by model family, least and most of its models in use: the
 * list prices of 2026. Agreements, regions and subscriptions have others.
 */
const PRICES = [
  { family: 'haiku', least: 1, most: 1 },
  { family: 'sonnet', least: 2, most: 3 },
  { family: 'opus', least: 5, most: 5 },
] as const;

const MILLION = 1_000_000;

/**
 * About what so many tokens cost before the model has said anything. Of a model whose family is not known, or none, the
 * cheapest and the dearest family count.
 */
export function listPriceOf(tokens: number, model = ''): ListPrice {
  const named = PRICES.filter(({ family }) => model.toLowerCase().includes(family));
  const priced = named.length === 0 ? PRICES : named;
  const families = priced.map(({ family }) => family);
  return {
    least: (tokens * Math.min(...priced.map(({ least }) => least))) / MILLION,
    most: (tokens * Math.max(...priced.map(({ most }) => most))) / MILLION,
    models: families.length === 1 ? families.join('') : `${families[0]} to ${families.at(-1)}`,
  };
}
