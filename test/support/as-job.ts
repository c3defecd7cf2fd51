/**
 * Words that stand before a command to have it run as a shell does that has jobs, for Ctrl-Z to mean something: in a process
 * group of its own, whose parent could let it go on. It is the same process, and no shell waits for it: bash once in a while
 * does not see the end of a job that was stopped before.
 */
export const AS_JOB = ['perl', '-e', 'setpgrp; exec @ARGV'] as const;
