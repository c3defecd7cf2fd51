import type { Finding } from '../finding.ts';
import { type Setup, valueOf } from '../setup.ts';

/** What is to be known of the terminal. */
export interface Screen {
  readonly isTTY: boolean;
  readonly columns: number;
  /** 0 for none, up to 3 for 16 million. */
  readonly colorLevel: number;
}

const NARROW = 40;

/** What live output has to be drawn on. */
export function checkTerminal(setup: Setup, { isTTY, columns, colorLevel }: Screen): Finding[] {
  const locale = valueOf(setup, 'LC_ALL') ?? valueOf(setup, 'LC_CTYPE') ?? valueOf(setup, 'LANG');
  const isPlain = locale !== undefined && !/utf-?8/i.test(locale);
  const ci = valueOf(setup, 'CI') === undefined ? '' : '; CI is set: nothing is drawn over';
  return [
    isTTY
      ? { level: 'ok', what: `a terminal of ${columns} columns, ${colors(colorLevel)}${ci}` }
      : { level: 'ok', what: `stdout is no terminal: runs print the answer alone (-o text)${ci}` },
    ...(isTTY && columns < NARROW
      ? [{ level: 'note' as const, what: `${columns} columns are few: lines will be folded a lot` }]
      : []),
    ...(isPlain
      ? [
          {
            level: 'note' as const,
            what: `the locale is ${locale}, not UTF-8`,
            why: 'signs such as ✓ and letters beyond ASCII may look wrong',
            fix: 'export LC_ALL=C.UTF-8',
          },
        ]
      : []),
  ];
}

function colors(level: number): string {
  return ['no colours', '16 colours', '256 colours', 'all colours'][level] ?? 'colours';
}
