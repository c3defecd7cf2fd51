import type { AST } from '@eslint-community/regexpp';
import { SluiceError } from '../../errors.ts';

/** A regular expression and what it is called in errors. */
export interface NamedExpression {
  readonly name: string;
  readonly pattern: string;
}

/** In how many ways an expression may match from one place: what a failure can cost for each character of a text. */
const MAX_WAYS = 1000;

/**
 * Makes sure that looking for an expression takes time in proportion to the text, whatever the text: from each place it
 * may be tried in {@link MAX_WAYS} ways at most. So what repeats without bound must be one character or class, and
 * stand last, where nothing after it can fail.
 * @throws SluiceError `usage` that names the first expression that may take longer, and the part that makes it so
 */
export async function refuseSuperLinear(expressions: readonly NamedExpression[]): Promise<void> {
  if (expressions.length === 0) return;
  // Loaded only for those who bring expressions of their own.
  const { RegExpParser } = await import('@eslint-community/regexpp');
  for (const { name, pattern } of expressions) {
    const reason = reasonAgainst(new RegExpParser().parsePattern(pattern));
    if (reason !== null) {
      throw new SluiceError('usage', `${name} could take far longer than its text is long: ${pattern}; ${reason}`);
    }
  }
}

function reasonAgainst(pattern: AST.Pattern): string | null {
  const unfit: string[] = [];
  const ways = waysOf(pattern.alternatives, true, unfit);
  if (unfit[0] !== undefined) return unfit[0];
  return ways > MAX_WAYS ? 'bound its repetitions more tightly, or let fewer of them follow one another' : null;
}

/** In how many ways one of `alternatives` may match from one place, at most; what has no bound goes to `unfit`. */
function waysOf(alternatives: readonly AST.Alternative[], isLast: boolean, unfit: string[]): number {
  let ways = 0;
  for (const { elements } of alternatives) {
    let product = 1;
    elements.forEach((element, index) => {
      product *= waysOfElement(element, isLast && index === elements.length - 1, unfit);
    });
    ways += product;
  }
  return ways;
}

function waysOfElement(element: AST.Element, isLast: boolean, unfit: string[]): number {
  switch (element.type) {
    case 'Group':
    case 'CapturingGroup':
      return waysOf(element.alternatives, isLast, unfit);
    case 'Assertion':
      return 'alternatives' in element ? waysOf(element.alternatives, false, unfit) : 1;
    case 'Quantifier':
      return waysOfRepetition(element, isLast, unfit);
    case 'Backreference':
      unfit.push(`${element.raw} refers back, which sluice does not take`);
      return 1;
    default:
      return 1;
  }
}

function waysOfRepetition({ element, min, max, raw }: AST.Quantifier, isLast: boolean, unfit: string[]): number {
  const once = waysOfElement(element, false, unfit);
  if (max === Infinity) {
    if (isLast && once === 1 && isOneCharacter(element)) return 1;
    unfit.push(
      isLast ? `give ${raw} a bound, as in {1,20}` : `something follows ${raw}, so give it a bound, as in {0,40}`,
    );
    return 1;
  }
  let ways = 0;
  for (let times = min; times <= max && ways <= MAX_WAYS; times += 1) ways += once ** times;
  return ways;
}

function isOneCharacter({ type }: AST.QuantifiableElement): boolean {
  return type === 'Character' || type === 'CharacterSet' || type === 'CharacterClass';
}
