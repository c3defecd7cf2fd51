import process from 'node:process';

/**
 * How many rounds a test of random cases takes: the usual number, or so many times more as SLUICE_TEST_ROUNDS says.
 * `npm run soak` asks for ten times more.
 */
export function rounds(usual: number): number {
  return Math.ceil(usual * TIMES);
}

/** Whether more is asked for than usual. */
const TIMES = Number(process.env['SLUICE_TEST_ROUNDS'] ?? 1);
export const IS_SOAK = TIMES > 1;
