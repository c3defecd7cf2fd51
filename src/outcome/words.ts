const MOST_LISTED = 5;

/** The first few that differ. */
export function listed(names: readonly string[]): string {
  const different = [...new Set(names)];
  return `${different.slice(0, MOST_LISTED).join(', ')}${different.length > MOST_LISTED ? ', …' : ''}`;
}

/** A number of things. */
export function numbered(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}
