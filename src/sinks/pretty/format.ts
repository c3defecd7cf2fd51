/** `312 ms`, `4.2 s`, `38 s`, `2 m 05 s`, `1 h 02 m`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 9950) return `${(milliseconds / 1000).toFixed(1)} s`;
  return formatSeconds(milliseconds);
}

/** As {@link formatDuration}, but in whole seconds, for times that are still running. */
export function formatSeconds(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} m ${twoDigits(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} m`;
}

/** As {@link formatSeconds}, but in whole minutes from the first one on: `38 s`, `2 min`, `1 h 02 min`. */
export function formatMinutes(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return formatSeconds(milliseconds);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
}

let counts: Intl.NumberFormat | undefined;

/** `12,345`. */
export function formatCount(count: number): string {
  // `toLocaleString` looks for its locale each time, which takes a tenth of a millisecond.
  return (counts ??= new Intl.NumberFormat('en-US')).format(count);
}

/** `1 turn`, `2 turns`. */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `$0.4894`, `$1.50`; `$0.00056` where four digits would say little, and `$0` for nothing. */
export function formatCost(usd: number): string {
  if (usd <= 0) return '$0';
  if (usd >= 0.01) return `$${usd.toFixed(4).replace(/0{1,2}$/, '')}`;
  const digits = 1 - Math.floor(Math.log10(usd));
  return `$${usd.toFixed(Math.min(digits, 10)).replace(/0+$/, '')}`;
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0');
}
