/** The types that MCP over HTTP answers with, as its clients have to accept both of them. */
const ANSWERS = ['application/json', 'text/event-stream'] as const;

/**
 * An `Accept` header that spells out what it accepts of those: the SDK looks for their names, while many a client says
 * `*` in place of them, or nothing (RFC 9110, 12.5.1). One that accepts neither stays as it is.
 */
export function acceptedTypes(accept = ''): string {
  const ranges = (accept.trim() === '' ? '*/*' : accept).split(',').map(readRange);
  const accepted = ANSWERS.filter((type) => {
    // The range that says the most counts.
    const [range] = ranges.filter(({ pattern }) => matches(type, pattern)).toSorted(byPrecision);
    return range !== undefined && range.quality > 0;
  });
  return accepted.length === 0 ? accept : accepted.join(', ');
}

interface MediaRange {
  readonly pattern: string;
  readonly quality: number;
}

function readRange(text: string): MediaRange {
  const [pattern = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice('q='.length);
  return { pattern, quality: quality === undefined ? 1 : Number(quality) };
}

function matches(type: string, pattern: string): boolean {
  return pattern === '*/*' || pattern === type || pattern === type.replace(/\/.*/, '/*');
}

function byPrecision({ pattern: one }: MediaRange, { pattern: other }: MediaRange): number {
  return wildcards(one) - wildcards(other);
}

function wildcards(pattern: string): number {
  return pattern.split('*').length;
}
