import type { Exceeded } from './exceeded.ts';

/** What is used of a quota that stands in the way, and by whom: `$4.9 used, $0.5 set aside for runs under way`. */
export function describeExceeded({ quota: { unit }, used, reserved, wanted }: Exceeded): string {
  if (unit === 'runs') return `${reserved} are under way`;
  const amount = (number: number): string => (unit === 'usd' ? `$${number}` : String(number));
  const aside = reserved === 0 ? '' : `, ${amount(reserved)} set aside for runs under way`;
  const more = unit === 'usd' && wanted > 0 ? `, and this run may cost ${amount(wanted)}` : '';
  return `${amount(used)} used${aside}${more}`;
}
