/** The files that a pattern means, links followed, in the order of their names. */
export async function findFiles(pattern: string, folder: string): Promise<readonly string[]> {
  const { glob } = await import('tinyglobby');
  const found = await glob([pattern], { cwd: folder, expandDirectories: false });
  return found.toSorted();
}
