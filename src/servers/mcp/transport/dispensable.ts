/** What is to be known of a session when room is made. */
export interface Standing {
  readonly subject: string;
  /** When its client was last there, as `performance.now` has it. */
  readonly lastSeen: number;
  readonly calls: { readonly ids: ReadonlySet<unknown> };
}

/**
 * The session that has to go for a new one: of those without a call under way the one that was idle the longest, of the
 * caller who has the most. Nobody makes room for a caller who has more sessions than they: undefined where that leaves
 * none.
 * @param subject who asks for the new one
 */
export function dispensable<Session extends Standing>(
  sessions: readonly Session[],
  subject: string,
): Session | undefined {
  const share = (of: string): number =>
    sessions.filter((session) => session.subject === of).length + (of === subject ? 1 : 0);
  const idle = sessions.filter(({ calls, subject: of }) => calls.ids.size === 0 && share(of) >= share(subject));
  const [first] = idle.toSorted(
    (one, other) => share(other.subject) - share(one.subject) || one.lastSeen - other.lastSeen,
  );
  return first;
}
