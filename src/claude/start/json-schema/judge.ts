import { Ajv, type ErrorObject } from 'ajv';
import { flaw } from './flaw.ts';
import { isNode, mapHeld, type Node, schemasIn, without } from './keywords.ts';

/**
 * Looks at a schema as claude does: with ajv 8 in its strict mode, by draft-07 (2.1.197, 2.1.332).
 * @param origin where what stands at a place stood in the schema as it was given
 * @throws SluiceError `usage` with what claude would stumble over, and the place
 */
export function judge(schema: object, origin: (place: string) => string): void {
  const ajv = createAjv();
  if (ajv.validateSchema(schema) !== true) {
    const error = tellingError(ajv.errors ?? []);
    throw flaw(origin(`#${error?.instancePath ?? ''}`), describe(error));
  }
  const problem = problemOf(schema, ajv);
  if (problem === null) return;
  const part = [...schemasIn(schema)]
    .slice(0, MOST_PARTS)
    .findLast(({ node }) => lacksTarget(node, problem) || problemOf(alone(node), ajv) !== null);
  throw flaw(origin(part?.place ?? '#'), worded(problem));
}

/** Parts of a schema in which the place of a problem is looked for; each takes a tenth of a millisecond. */
const MOST_PARTS = 1_000;

/** Like claude's, but for what changes nothing about what it takes: code is neither inlined nor polished. */
function createAjv(): Ajv {
  return new Ajv({ allErrors: true, logger: false, inlineRefs: false, code: { optimize: false } });
}

function problemOf(schema: object, ajv: Ajv): string | null {
  try {
    ajv.compile(schema);
    return null;
  } catch (error) {
    if (error instanceof RangeError || !(error instanceof Error)) throw error;
    return error.message.replace(/^strict mode: | \(use \w+\)$/g, '');
  }
}

/** A part of a schema without what is in it and what it refers to. */
function alone(node: Node): Node {
  return Object.fromEntries(
    Object.entries(without(node, '$ref', '$id')).map(([keyword, value]) => [
      keyword,
      mapHeld(keyword, value, () => true),
    ]),
  );
}

/** Whether this is the reference that leads nowhere. */
function lacksTarget({ $ref }: Node, problem: string): boolean {
  return typeof $ref === 'string' && problem.includes(`reference ${$ref} `);
}

function worded(problem: string): string {
  const missing = /^can't resolve reference (\S+) /.exec(problem)?.[1];
  if (missing === undefined) return problem;
  return `there is no ${missing} in this schema; what a $ref leads to has to be in it, under $defs`;
}

/** Of several errors at one place the one that lists what is right, and of several places the innermost. */
function tellingError(errors: readonly ErrorObject[]): ErrorObject | undefined {
  const weight = ({ instancePath, keyword }: ErrorObject): number =>
    2 * instancePath.split('/').length + (keyword === 'enum' ? 1 : 0);
  return [...errors].sort((one, other) => weight(other) - weight(one))[0];
}

function describe(error: ErrorObject | undefined): string {
  const { message = 'is no JSON Schema', params } = error ?? {};
  const allowed: unknown = isNode(params) ? params['allowedValues'] : undefined;
  return Array.isArray(allowed) ? `${message}: ${allowed.join(', ')}` : message;
}
