import type { Followers } from '../../runs/any-runs.ts';

/** Keeps track of who follows runs that are to end when nobody does. */
export interface Attendance {
  /** From now on, a run is given up once nobody has followed it for the time of grace, even if nobody ever does. */
  require(runId: string, giveUp: () => void): void;
  /** Somebody follows a run, until what is returned is called. */
  attend(runId: string): () => void;
}

export interface AttendanceOptions {
  /** The time of grace, in milliseconds: a follower that lost its connection can come back in it. Default: a minute. */
  readonly graceMs?: number | undefined;
  /** Those who follow runs by way of other replicas; absent: nobody can. */
  readonly followers?: Followers | undefined;
}

const GRACE_MS = 60_000;

/** How many times in the time of grace other replicas are told that somebody follows a run: one of them may come late. */
const TIMES = 3;

interface Attended {
  readonly wait: () => void;
  followers: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export function createAttendance({ graceMs = GRACE_MS, followers }: AttendanceOptions = {}): Attendance {
  const runs = new Map<string, Attended>();

  /** Tells the replica that carries out a run, again and again, that somebody follows it here. */
  function tellOthers(runId: string, { tell }: Followers): () => void {
    // Where that fails, the other replica can't look for followers either, and lets the run go on.
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
        // The timer keeps no server alive that is to end.
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
