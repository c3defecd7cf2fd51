import { isUnknown, unrecognised, type RunEvent } from '../../messages/types.ts';

/** The mark of a message that no schema knows is a symbol, which JSON leaves out. */
interface Stored extends RunEvent {
  readonly unknown?: true;
}

/** An event as a line of text, for {@link decodeEvent}: it takes much less memory so. */
export function encodeEvent(event: RunEvent): string {
  const stored: Stored = isUnknown(event.message) ? { ...event, unknown: true } : event;
  return JSON.stringify(stored);
}

/** The event that a line was made of. */
export function decodeEvent(line: string): RunEvent {
  const stored: Stored = JSON.parse(line);
  if (stored.unknown === undefined) return stored;
  const { unknown: _, ...event } = stored;
  return { ...event, message: { ...event.message, [unrecognised]: true } };
}
