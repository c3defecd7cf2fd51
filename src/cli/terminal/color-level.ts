import type { Terminal } from '../../sinks/output.ts';

/**
 * How many colours to use: `--color` decides, then `FORCE_COLOR`, `NO_COLOR` (https://no-color.org), then what the
 * terminal can do.
 */
export function colorLevel(
  when: string,
  env: Readonly<Record<string, string | undefined>>,
  isTTY: boolean,
): Terminal['colorLevel'] {
  if (when === 'never') return 0;
  const forced = forcedLevel(env['FORCE_COLOR']);
  if (when === 'always') return forced || terminalLevel(env) || 1;
  if (forced !== null) return forced;
  if (env['NO_COLOR']) return 0;
  return isTTY ? terminalLevel(env) : 0;
}

function forcedLevel(value: string | undefined): Terminal['colorLevel'] | null {
  if (value === undefined) return null;
  if (value === '0' || value === 'false') return 0;
  return value === '2' ? 2 : value === '3' ? 3 : 1;
}

function terminalLevel(env: Readonly<Record<string, string | undefined>>): Terminal['colorLevel'] {
  const { TERM = '', COLORTERM = '' } = env;
  if (TERM === 'dumb') return 0;
  if (/^(?:truecolor|24bit)$/.test(COLORTERM)) return 3;
  return /256(?:color)?$/.test(TERM) ? 2 : 1;
}
