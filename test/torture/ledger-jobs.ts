/** Whose account it is that processes share. */
export const ACCOUNT = 'torture';

/** What each job uses, of twice the dollars that are set aside for it. */
export const USED = { usd: 0.01, tokens: 3 };
