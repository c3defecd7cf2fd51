/** The place in the same document that a `$ref` leads to, or null when it leads elsewhere or to a name. */
export function placeOf(reference: unknown): string | null {
  if (typeof reference !== 'string' || !/^#(?:\/|$)/.test(reference)) return null;
  try {
    return decodeURIComponent(reference);
  } catch {
    return reference;
  }
}

/** A place as a `$ref` has it: a URI fragment. */
export function referenceTo(place: string): string {
  return `#${encodeURI(place.slice(1)).replaceAll('#', '%23')}`;
}
