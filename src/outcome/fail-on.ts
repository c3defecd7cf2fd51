/** What makes a run that has an answer fail all the same, where it is asked for. */
export const FAIL_ON = ['denied', 'incomplete', 'question'] as const;

export type FailOn = (typeof FAIL_ON)[number];

/** All that a run fails on, by either way to say so. */
export function failOnOf({
  failOn = [],
  failOnDenied,
}: {
  readonly failOn?: readonly FailOn[];
  readonly failOnDenied?: boolean;
}): readonly FailOn[] {
  return failOnDenied === true ? [...failOn, 'denied'] : failOn;
}
