import { flaw } from './flaw.ts';
import { schemasIn } from './keywords.ts';

/**
 * The places that anchors stand for, by name.
 * @throws SluiceError `usage` where a name is given twice: which of them is meant depends on the way there
 */
export function anchorsOf(root: unknown): ReadonlyMap<string, string> {
  const anchors = new Map<string, string>();
  for (const { node, place } of schemasIn(root)) {
    for (const name of new Set([node['$anchor'], node['$dynamicAnchor']])) {
      if (typeof name !== 'string') continue;
      if (anchors.has(name)) throw flaw(place, `there is another anchor "${name}"; claude can't tell them apart`);
      anchors.set(name, place);
    }
  }
  return anchors;
}
