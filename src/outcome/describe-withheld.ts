/** What is said of the variables that tools did without. */
export function describeWithheld(names: readonly string[]): string {
  return names.length === 0 ? 'no secret variable to keep from tools' : `kept from tools: ${names.join(', ')}`;
}
