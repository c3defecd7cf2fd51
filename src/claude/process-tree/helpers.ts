/**
 * What claude runs for itself, in its own process group and for a moment: it looks at the repository, searches its plugins,
 * asks for the shell's settings, looks for editors among the processes (`ps aux | grep`, when 2.1.197 is about to exit).
 * Measured on 2.1.197 and 2.1.332.
 */
const HELPERS: ReadonlySet<string> = new Set(
  'claude git rg sh bash zsh ps grep env id cat lsof which uname security'.split(' '),
);

/** The names of processes in claude's own group that are not its own helpers, which it leaves running when it is busy. */
export function withoutHelpers(names: readonly string[]): readonly string[] {
  return names.filter((name) => !HELPERS.has(name));
}
