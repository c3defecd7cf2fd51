import { digestOf, drawToken } from '../../src/servers/auth/draw-token.ts';
import { formatTokenLine, type TokenLine } from '../../src/servers/auth/token-line.ts';

/** A token and the line that makes servers know it. */
export interface Drawn {
  readonly token: string;
  readonly line: string;
}

/** One of its own each time; for alice, without scopes and without end, where nothing else is said. */
export function drawnToken(own: Partial<TokenLine> = {}): Drawn {
  const token = drawToken();
  const usual = { digest: digestOf(token), subject: 'alice', scopes: [], expires: null, created: CREATED };
  return { token, line: formatTokenLine({ ...usual, ...own }) };
}

const CREATED = '2026-01-01T00:00:00.000Z';
