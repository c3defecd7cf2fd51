import { nearest } from '../../../nearest.ts';
import { flaw } from './flaw.ts';
import { type Node, TAKEN, within } from './keywords.ts';

/** Keywords of OpenAPI and of editors that say nothing about what is valid; `id` is a name of zod's, or draft-04's. */
const SILENT = new Set([
  '$vocabulary',
  'discriminator',
  'enumDescriptions',
  'enumNames',
  'externalDocs',
  'id',
  'markdownDescription',
  'tsType',
  'xml',
]);

/**
 * Keeps so much of what says nothing about what is valid as claude takes. A `format` is of that kind: 2.1.197 knows none,
 * 2.1.332 checks none. The model reads of it in the description all the same.
 */
export function setAnnotations(
  node: Node,
  { place, leftOut }: { readonly place: string; readonly leftOut: string[] },
): Node {
  const { format, example, description, ...others } = node;
  const kept = Object.entries(others).filter(([keyword]) => {
    if (TAKEN.has(keyword)) return true;
    if (SILENT.has(keyword) || /^(?:x-|~)/.test(keyword)) return false;
    const meant = nearest(keyword, KEYWORDS);
    if (meant !== undefined) throw flaw(place, `"${keyword}" is no keyword of JSON Schema; did you mean "${meant}"?`);
    leftOut.push(within(place, keyword));
    return false;
  });
  const hint = typeof format === 'string' ? `(format: ${format})` : undefined;
  const told = typeof description === 'string' && hint !== undefined ? `${description} ${hint}` : (description ?? hint);
  return {
    ...Object.fromEntries(kept),
    ...(told === undefined ? {} : { description: told }),
    ...(example === undefined || node['examples'] !== undefined ? {} : { examples: [example] }),
  };
}

/** Words that a mistyped keyword can be told from. */
const KEYWORDS = [...TAKEN].filter((keyword) => keyword.length > 4);
