/** What BullMQ's keys begin with. */
export const PREFIX = 'sluice';

/**
 * The part of a queue for workers of a label, and what BullMQ calls it: its workers can't choose, so that each label has a
 * queue of BullMQ's. All that is known of items is under the name of the whole.
 * @param only null: the part of items without a label
 */
export function partOf(name: string, only: string | null): string {
  return only === null ? name : `${name}@${only}`;
}
