/** Who is there for runs that are to end when nobody is. Who follows a run by way of another server is not known here. */
export interface Attendance {
  /** From now on, a run is given up once nobody has followed it for a while; also where nobody ever comes. */
  require(runId: string, giveUp: () => void): void;
  /** Somebody follows a run, until what is returned is called. */
  attend(runId: string): () => void;
}

/** Milliseconds in which whoever lost the connection can come back for a run. */
const GRACE_MS = 60_000;

interface Attended {
  readonly wait: () => void;
  followers: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export function createAttendance(graceMs = GRACE_MS): Attendance {
  const runs = new Map<string, Attended>();

  return {
    require(runId, giveUp) {
      const expire = (): void => {
        runs.delete(runId);
        giveUp();
      };
      const run: Attended = {
        followers: 0,
        timer: undefined,
        // No server lives on for the sake of a run that it has ended.
        wait: () => (run.timer = setTimeout(expire, graceMs).unref()),
      };
      runs.set(runId, run);
      run.wait();
    },
    attend(runId) {
      const run = runs.get(runId);
      if (run === undefined) return () => {};
      run.followers += 1;
      clearTimeout(run.timer);
      return () => {
        run.followers -= 1;
        if (run.followers === 0) run.wait();
      };
    },
  };
}
