/** What commands that do several things take for their first word; actions begin with what is done where nothing is said. */
export const FIRST_WORDS = {
  templates: ['list', 'show', 'check'],
  cache: ['list', 'clear'],
  history: ['list', 'search', 'show', 'resume', 'cost', 'prune'],
  doctor: ['mcp', 'serve'],
  completion: ['bash', 'zsh', 'fish'],
} as const;

/** An action of a command. */
export type ActionOf<Command extends keyof typeof FIRST_WORDS> = (typeof FIRST_WORDS)[Command][number];

/** The first words that a command takes, if it takes such. */
export function firstWordsOf(command: string): readonly string[] {
  return Object.entries(FIRST_WORDS).find(([name]) => name === command)?.[1] ?? [];
}
