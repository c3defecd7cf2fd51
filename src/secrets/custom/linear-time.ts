import type { AST } from '@eslint-community/regexpp';
import { messageOf, SluiceError } from '../../errors.ts';

/** A regular expression and what it is called in errors. */
export interface NamedExpression {
  readonly name: string;
  readonly pattern: string;
}

/** What looking for an expression may cost at most for each character of a text: ways to match there, times their length. */
const MAX_STEPS = 10_000;

/**
 * Makes sure that looking for an expression takes time in proportion to the text, whatever the text: what repeats
 * without bound must be one character or class, and stand last, where nothing after it can fail; all else is bounded
 * by {@link MAX_STEPS} steps from each place.
 * @throws SluiceError `usage` that names the first expression that may take longer, and the part that makes it so
 */
export async function refuseSuperLinear(expressions: readonly NamedExpression[]): Promise<void> {
  if (expressions.length === 0) return;
  // Loaded only for those who bring expressions of their own.
  const { RegExpParser } = await import('@eslint-community/regexpp');
  for (const { name, pattern } of expressions) {
    let parsed: AST.Pattern;
    try {
      parsed = new RegExpParser().parsePattern(pattern);
    } catch (cause) {
      throw new SluiceError('usage', `${name} is no regular expression: ${messageOf(cause)}`, { cause });
    }
    const reason = reasonAgainst(parsed);
    if (reason !== null) {
      throw new SluiceError('usage', `${name} could take far longer than its text is long: ${pattern}; ${reason}`);
    }
  }
}

/** In how many ways something may match from one place, and how many characters it takes, both at most. */
interface Cost {
  readonly ways: number;
  readonly length: number;
}

const FREE: Cost = { ways: 1, length: 0 };
const ONE: Cost = { ways: 1, length: 1 };

function reasonAgainst(pattern: AST.Pattern): string | null {
  const unfit: string[] = [];
  const { ways, length } = costOfAny(pattern.alternatives, true, unfit);
  if (unfit[0] !== undefined) return unfit[0];
  return ways * length > MAX_STEPS
    ? 'bound its repetitions more tightly, or let fewer of them follow one another'
    : null;
}

/** The cost of trying one alternative after the other; what has no bound goes to `unfit`. */
function costOfAny(alternatives: readonly AST.Alternative[], isLast: boolean, unfit: string[]): Cost {
  let ways = 0;
  let length = 0;
  for (const { elements } of alternatives) {
    let all = FREE;
    elements.forEach((element, index) => {
      const cost = costOf(element, isLast && index === elements.length - 1, unfit);
      all = { ways: all.ways * cost.ways, length: all.length + cost.length };
    });
    ways += all.ways;
    length = Math.max(length, all.length);
  }
  return { ways, length };
}

function costOf(element: AST.Element, isLast: boolean, unfit: string[]): Cost {
  switch (element.type) {
    case 'Group':
    case 'CapturingGroup':
      return costOfAny(element.alternatives, isLast, unfit);
    case 'Assertion':
      return 'alternatives' in element ? costOfAny(element.alternatives, false, unfit) : FREE;
    case 'Quantifier':
      return costOfRepetition(element, isLast, unfit);
    case 'Backreference':
      unfit.push(`${element.raw} refers back, which sluice does not take`);
      return FREE;
    default:
      return ONE;
  }
}

function costOfRepetition({ element, min, max, raw }: AST.Quantifier, isLast: boolean, unfit: string[]): Cost {
  const once = costOf(element, false, unfit);
  if (max === Infinity) {
    // What it takes is text that no other match looks at again.
    if (isLast && once.ways === 1 && isOneCharacter(element)) return { ways: 1, length: min };
    unfit.push(
      isLast ? `give ${raw} a bound, as in {1,20}` : `something follows ${raw}, so give it a bound, as in {0,40}`,
    );
    return FREE;
  }
  let ways = 0;
  for (let times = min; times <= max && ways <= MAX_STEPS; times += 1) ways += once.ways ** times;
  return { ways, length: max * once.length };
}

function isOneCharacter({ type }: AST.QuantifiableElement): boolean {
  return type === 'Character' || type === 'CharacterSet' || type === 'CharacterClass';
}
