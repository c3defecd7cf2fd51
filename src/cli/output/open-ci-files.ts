import { resolve as resolvePath } from 'node:path';
import { read, type Settings } from '../../config/layers.ts';
import { OPTION } from '../../config/command-options/options.ts';
import type { OutputFormat } from '../../config/command-options/output.ts';
import { flagOf } from '../../request/flag.ts';
import { endingSink, type TextOf } from '../../sinks/ending-sink.ts';
import { addedFile, atomicFile, replacedFile } from '../../sinks/file-output.ts';
import { oneLine } from '../../sinks/safe-text.ts';
import type { Sink } from '../../sinks/sink.ts';
import type { Io } from '../io.ts';

/** Where a CI job's files are from, and where they tell of each other. */
interface Place {
  readonly workspace: string;
  /** The file of `--bundle`. */
  readonly bundle: string | null;
}

/**
 * The files that a CI system reads of a run: those of findings that were named, and those that go with what is printed. They are
 * opened before anything is spent.
 * @throws SluiceError `output_error` when one can't be written to
 */
export function openCiFiles(settings: Settings, format: OutputFormat, place: Place, io: Io): Sink[] {
  return [
    ...openNamed(settings, place, io),
    ...(format === 'github' ? openGithub(place, io) : []),
    ...(format === 'gitlab' ? openGitlab(place) : []),
  ];
}

function openNamed(settings: Settings, { workspace }: Place, io: Io): Sink[] {
  return [
    ...openReport(OPTION.sarif, settings, io, async () => {
      const { sarifOf } = await import('../../sinks/ci/sarif.ts');
      return (ending) => sarifOf(ending, workspace);
    }),
    ...openReport(OPTION.junit, settings, io, async () => {
      const { junitOf } = await import('../../sinks/ci/junit.ts');
      return (ending) => junitOf(ending, workspace);
    }),
  ];
}

/** A file of findings, if it was asked for. It says why there are none to be read, and so is said where that is no failure. */
function openReport(
  option: typeof OPTION.sarif | typeof OPTION.junit,
  settings: Settings,
  { cwd, stderr }: Io,
  load: () => Promise<TextOf>,
): Sink[] {
  const path = read(settings, option);
  if (path === undefined) return [];
  const flag = flagOf(option);
  return [
    endingSink(atomicFile(flag, resolvePath(cwd, path)), async () => {
      const [textOf, { whyNoFindings }] = await Promise.all([load(), import('../../sinks/ci/placed-findings.ts')]);
      return (ending) => {
        const why = ending.class === 'success' ? whyNoFindings(ending) : null;
        if (why !== null) void stderr.write(`sluice: warning: ${flag}: ${oneLine(why)}\n`);
        return textOf(ending);
      };
    }),
  ];
}

/** Bytes that GitHub takes of the summary of one step; of a longer one it shows nothing at all. */
const MOST_OF_A_SUMMARY = 1024 * 1024;

/** A job of GitHub Actions says where by variables; elsewhere there are none, and the log is all there is. */
function openGithub({ workspace, bundle }: Place, { env, stderr }: Io): Sink[] {
  const { GITHUB_STEP_SUMMARY: summary = '', GITHUB_OUTPUT: outputs = '' } = env;
  const unset = [...(summary === '' ? ['GITHUB_STEP_SUMMARY'] : []), ...(outputs === '' ? ['GITHUB_OUTPUT'] : [])].join(
    ' and ',
  );
  if (unset !== '') {
    const told = `-o github: ${unset} not set, so that there is nowhere to write that to; is this a step of GitHub Actions?`;
    void stderr.write(`sluice: warning: ${oneLine(told)}\n`);
  }
  const sinks: Sink[] = [];
  if (summary !== '') {
    const file = addedFile('GITHUB_STEP_SUMMARY', summary);
    sinks.push(
      endingSink(file, async () => {
        const { stepSummary } = await import('../../sinks/ci/step-summary.ts');
        return (ending) => stepSummary(ending, workspace, MOST_OF_A_SUMMARY - file.size());
      }),
    );
  }
  if (outputs !== '') {
    const file = addedFile('GITHUB_OUTPUT', outputs);
    sinks.push(
      endingSink(file, async () => {
        const { githubOutputs, stepOutputs } = await import('../../sinks/ci/step-outputs.ts');
        return (ending) => githubOutputs(stepOutputs(ending, workspace, bundle));
      }),
    );
  }
  return sinks;
}

/** A job of GitLab names them in its own file, so their names are fixed. */
function openGitlab({ workspace, bundle }: Place): Sink[] {
  const quality = replacedFile('-o gitlab', resolvePath(workspace, 'gl-code-quality-report.json'));
  const variables = replacedFile('-o gitlab', resolvePath(workspace, 'sluice.env'));
  return [
    endingSink(quality, async () => {
      const { codeQualityOf } = await import('../../sinks/ci/code-quality.ts');
      return (ending) => codeQualityOf(ending, workspace);
    }),
    endingSink(variables, async () => {
      const { dotenvOf } = await import('../../sinks/ci/dotenv.ts');
      return (ending) => dotenvOf(ending, workspace, bundle);
    }),
  ];
}
