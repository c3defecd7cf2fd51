import type { Output } from '../output.ts';
import type { Sink } from '../sink.ts';
import { githubAnnotations } from './github-annotations.ts';
import { githubCommand } from './github-command.ts';
import { createRunLog, createRunLogSink, type Folds } from './run-log.ts';

/** How a run is logged in a CI job. */
export interface JobLogOptions {
  readonly workspace: string;
  readonly showThinking: boolean;
}

/** The log of a step of GitHub Actions: a group for each call of a tool, and findings as annotations. */
export function createGithubLogSink(out: Output, { workspace, showThinking }: JobLogOptions): Sink {
  const log = createRunLog(GROUPS, { showThinking });
  return createRunLogSink(out, log, (ending) => githubAnnotations(ending, workspace));
}

const GROUPS: Folds = {
  open: (title) => githubCommand('group', {}, title),
  close: () => githubCommand('endgroup'),
};
