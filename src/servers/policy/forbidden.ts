import { Refusal } from '../refusal.ts';
import { listed } from './quoted.ts';

/** The refusal of a field that goes further than the operator allows. */
export function forbidden(field: string, problem: string, allowed: readonly string[]): Refusal {
  const instead = allowed.length === 0 ? 'leave it out' : `allowed: ${listed(allowed)}`;
  return new Refusal('forbidden', `${field}: ${problem}; ${instead}`, { field, allowed });
}
