import type { Followers } from '../../runs/any-runs.ts';

/** Who is there for runs that are to end when nobody is. */
export interface Attendance {
  /** From now on, a run is given up once nobody has followed it for a while; also where nobody ever comes. */
  require(runId: string, giveUp: () => void): void;
  /** Somebody follows a run, until what is returned is called. */
  attend(runId: string): () => void;
}

export interface AttendanceOptions {
  /** Milliseconds in which whoever lost the connection can come back for a run. Default: a minute. */
  readonly graceMs?: number | undefined;
  /** Who is there by way of other servers; absent: nobody. */
  readonly followers?: Followers | undefined;
}

const GRACE_MS = 60_000;

/** So many times in its grace it is said that somebody follows a run: one of them may be late. */
const TIMES = 3;

interface Attended {
  readonly wait: () => void;
  followers: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export function createAttendance({ graceMs = GRACE_MS, followers }: AttendanceOptions = {}): Attendance {
  const runs = new Map<string, Attended>();

  /** Says to other servers that somebody follows a run of one of them here. */
  function tellOthers(runId: string, { tell }: Followers): () => void {
    // Where that can't be said, the other one can't be told that nobody is here either.
    const say = (): void => void tell(runId, graceMs).catch(() => {});
    say();
    const timer = setInterval(say, graceMs / TIMES).unref();
    return () => clearInterval(timer);
  }

  return {
    require(runId, giveUp) {
      const expire = async (): Promise<void> => {
        if (await followers?.any(runId).catch(() => true)) {
          if (run.followers === 0) run.wait();
          return;
        }
        if (run.followers > 0) return;
        runs.delete(runId);
        giveUp();
      };
      const run: Attended = {
        followers: 0,
        timer: undefined,
        // No server lives on for the sake of a run that it has ended.
        wait: () => (run.timer = setTimeout(() => void expire(), graceMs).unref()),
      };
      runs.set(runId, run);
      run.wait();
    },
    attend(runId) {
      const run = runs.get(runId);
      if (run === undefined) return followers === undefined ? () => {} : tellOthers(runId, followers);
      run.followers += 1;
      clearTimeout(run.timer);
      return () => {
        run.followers -= 1;
        if (run.followers === 0) run.wait();
      };
    },
  };
}
