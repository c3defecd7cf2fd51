import { messageOf, reasonOf, SluiceError } from '../../errors.ts';
import type { Prompt } from '../../request/prompt.ts';
import { type Driver, findDriver } from '../../runs/disk/database.ts';
import { openStateFolder } from '../../runs/disk/state-folder.ts';
import type { NewUsersRun, UsersRun } from '../../runs/disk/users-runs.ts';
import type { Labels } from '../../runs/run-entry.ts';
import type { KeepLimits } from '../../runs/run-index.ts';
import type { Sink } from '../../sinks/sink.ts';
import type { Mask } from '../../secrets/mask.ts';
import { mapStrings } from '../../stream/map-strings.ts';
import { stateHome } from './state-home.ts';

/** A run whose record is to be kept. */
export interface Remembered {
  readonly runId: string;
  /** The folder that it works in. */
  readonly cwd: string;
  readonly labels: Labels;
  /** What it is asked, and what masks secrets in that; called once it has begun, or will not. */
  readonly asked: () => Promise<{ readonly prompt: Prompt; readonly mask: Mask }>;
  readonly limits: KeepLimits;
  /** What errors call the option that asks for it. */
  readonly where: string;
}

/** UTF-16 units of what was asked that are kept. */
const MOST_ASKED = 20_000;

/**
 * The sink that keeps the record of a run in its user's state folder. What is needed for it is loaded while claude starts.
 * What can't be kept is told and fails no run.
 * @param tell told what could not be kept
 * @throws SluiceError `usage` where nothing can be kept at all
 */
export async function keepHistory(
  run: Remembered,
  env: Readonly<Record<string, string | undefined>>,
  tell: (text: string) => void,
): Promise<Sink> {
  const { limits, where } = run;
  const folder = stateHome(env);
  if (folder === false) throw new SluiceError('usage', `${where}: there is no home to keep runs in`);
  const driver = await usableDriver(folder, where);
  const faults = new Set<string>();
  const onFault = (error: unknown): void => {
    const fault = `warning: ${where}: not all of this run is kept: ${reasonOf(error)}`;
    if (!faults.has(fault)) tell(fault);
    faults.add(fault);
  };
  const opening = new Promise<void>((resolve) => setImmediate(resolve)).then(async () => {
    const { openUsersRuns } = await import('../../runs/disk/users-runs.ts');
    return openUsersRuns({ folder, limits, onFault, driver });
  });
  opening.catch(() => {});
  const receivedAt = new Date().toISOString();
  let begun: Promise<UsersRun | null> | null = null;

  async function begin(): Promise<UsersRun | null> {
    try {
      const open = await opening;
      const { prompt, mask } = await run.asked();
      return open(newRun(run, prompt, mask, receivedAt));
    } catch (error) {
      onFault(error);
      return null;
    }
  }

  return {
    whole: true,
    async write(event) {
      (await (begun ??= begin()))?.write(event);
    },
    async close(ending) {
      try {
        await (await (begun ??= begin()))?.end(ending);
      } catch (error) {
        onFault(error);
      }
    },
  };
}

/** What is wrong for good is told before anything is spent. */
async function usableDriver(folder: string, where: string): Promise<Driver> {
  const driver = await findDriver().catch((error: unknown) => {
    throw new SluiceError('usage', `${where}: ${messageOf(error)}`, { cause: error });
  });
  try {
    openStateFolder(folder);
    return driver;
  } catch (error) {
    throw new SluiceError('usage', `${where}: ${folder} cannot keep runs: ${reasonOf(error)}`, { cause: error });
  }
}

function newRun(
  { runId, cwd, labels }: Remembered,
  { text = '', inert = '', attachments = [] }: Prompt,
  mask: Mask,
  receivedAt: string,
): NewUsersRun {
  const prompt = [text, inert].filter((part) => part !== '').join('\n\n');
  return {
    runId,
    receivedAt,
    labels: mapStrings(labels, mask),
    asked: {
      cwd: mask(cwd),
      request: {
        prompt: mask(prompt).slice(0, MOST_ASKED),
        ...(attachments.length === 0 ? {} : { attachments: attachments.map(({ name }) => ({ name: mask(name) })) }),
      },
    },
  };
}
