import { CALLER_FIELDS, type CallerField } from './caller-fields.ts';
import type { Field } from './field.ts';
import { ALL_RUN_OPTIONS } from './run-options.ts';

/** What of a request is sent to a gateway that carries it out; what is only about what is printed is done here. */
export const SENT_FIELDS: readonly CallerField[] = CALLER_FIELDS.filter(({ ofOneRun }) => ofOneRun !== true);

/** Why a gateway can't be asked for what an option says; null where it can, or where it is done on this side of it. */
export function notRemote(option: Field): string | null {
  const { name, remote, heededBy = [], unserved } = option;
  if (typeof remote === 'object') return remote.not;
  const isOfRuns = ALL_RUN_OPTIONS.some((field) => field.name === name);
  if (!isOfRuns || remote === 'here' || heededBy.includes('replay')) return null;
  if (SENT_FIELDS.some((field) => field.name === name)) return null;
  return unserved ?? 'the operator of the gateway decides what its claude is given besides';
}
