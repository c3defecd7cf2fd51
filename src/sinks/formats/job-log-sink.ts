import type { JobLogOptions } from '../ci/github-log.ts';
import { lazySink } from '../lazy-sink.ts';
import type { Output } from '../output.ts';
import type { Sink } from '../sink.ts';

/**
 * The log of a run in a CI job, in which no text of a model is taken for a command: for GitHub with annotations of its findings,
 * for GitLab without. What prints is loaded with the first run.
 * @param options `workspace`: the folder that the job has checked out, from which paths of findings count; default: the
 * current one. `showThinking`; default: no
 */
export function createJobLogSink(system: 'github' | 'gitlab', out: Output, options: Partial<JobLogOptions> = {}): Sink {
  const { workspace = process.cwd(), showThinking = false } = options;
  return lazySink(async () => {
    if (system === 'github') {
      const { createGithubLogSink } = await import('../ci/github-log.ts');
      return createGithubLogSink(out, { workspace, showThinking });
    }
    const { createGitlabLogSink } = await import('../ci/gitlab-log.ts');
    return createGitlabLogSink(out, { showThinking });
  });
}
