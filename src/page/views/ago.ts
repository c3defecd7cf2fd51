const STEPS = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
] as const;

const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });

/** How long ago a time was: `3 min. ago`. */
export function ago(time: string, now = Date.now()): string {
  const ms = now - Date.parse(time);
  const step = STEPS.find((one) => ms >= one.ms);
  return step === undefined ? 'just now' : words.format(-Math.floor(ms / step.ms), step.unit);
}
