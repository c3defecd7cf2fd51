/** Whose sessions are, by their ids: the newest, as many as one process makes in weeks. */
export interface Owners {
  get(sessionId: string): string | undefined;
  /** Makes a session somebody's, unless it is somebody's already. */
  claim(sessionId: string, subject: string): void;
}

const MOST = 100_000;

export function createOwners(most = MOST): Owners {
  const subjects = new Map<string, string>();
  return {
    get: (sessionId) => subjects.get(sessionId),
    claim(sessionId, subject) {
      const owner = subjects.get(sessionId) ?? subject;
      // Used again, it is among the newest again.
      subjects.delete(sessionId);
      subjects.set(sessionId, owner);
      const [oldest] = subjects.keys();
      if (subjects.size > most && oldest !== undefined) subjects.delete(oldest);
    },
  };
}
