import type { Output } from '../output.ts';
import type { Sink } from '../sink.ts';
import { defuseCommands, neutralise } from '../safe-text.ts';
import type { JobLogOptions } from './github-log.ts';
import { createRunLog, createRunLogSink, type Folds } from './run-log.ts';

/** The log of a job of GitLab: a section for each call of a tool, collapsed. Findings are in its report of code quality. */
export function createGitlabLogSink(out: Output, { showThinking }: Pick<JobLogOptions, 'showThinking'>): Sink {
  return createRunLogSink(out, createRunLog(createSections(), { showThinking }));
}

/** What begins and ends a section erases itself: `\e[0Ksection_start:UNIX_TIME:NAME[collapsed=true]\r\e[0KTITLE`. */
function createSections(): Folds {
  let count = 0;
  const mark = (what: string): string => `\u001B[0Ksection_${what}\r\u001B[0K`;
  return {
    open: (title, at) =>
      `${mark(`start:${secondsOf(at)}:sluice_${++count}[collapsed=true]`)}${defuseCommands(neutralise(title))}\n`,
    close: (at) => `${mark(`end:${secondsOf(at)}:sluice_${count}`)}\n`,
  };
}

/** A recording may have any timestamp; none is the beginning of time. */
function secondsOf(at: string): number {
  const time = Math.floor(Date.parse(at) / 1000);
  return Number.isNaN(time) ? 0 : time;
}
