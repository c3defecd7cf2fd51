/** Whose sessions are: the newest, as many as one process makes in weeks. */
export interface Owners {
  get(sessionId: string): string | undefined;
  set(sessionId: string, subject: string): void;
}

const MOST = 100_000;

export function createOwners(most = MOST): Owners {
  const subjects = new Map<string, string>();
  return {
    get: (sessionId) => subjects.get(sessionId),
    set(sessionId, subject) {
      // Set anew, it is among the newest again.
      subjects.delete(sessionId);
      subjects.set(sessionId, subject);
      const [oldest] = subjects.keys();
      if (subjects.size > most && oldest !== undefined) subjects.delete(oldest);
    },
  };
}
