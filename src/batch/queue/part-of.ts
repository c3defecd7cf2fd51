/** What BullMQ's keys begin with. */
export const PREFIX = 'sluice';

/**
 * The name of the BullMQ queue for items of a label. BullMQ's workers can't choose among the items of one queue, so each label
 * has one of its own; all else that is known of items is under the name of the whole.
 * @param only null: for items without a label
 */
export function partOf(name: string, only: string | null): string {
  return only === null ? name : `${name}@${only}`;
}
