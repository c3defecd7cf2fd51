import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordedActions } from './recorded-actions.ts';
import { actionsOf, type Step, VERSION } from './script.ts';
import { standInProgram } from './stand-in.ts';

/** A program that does as it was told in place of claude. */
export interface FakeClaude {
  /** For `--claude`, `SLUICE_CLAUDE_PATH` or `claudePath`. */
  readonly path: string;
  /** Each start with a prompt so far. */
  calls(): Promise<readonly FakeCall[]>;
  /** Removes it. */
  remove(): Promise<void>;
}

export interface FakeCall {
  readonly args: readonly string[];
  readonly cwd: string;
  /** All texts of it, a line each. */
  readonly prompt: string;
}

/**
 * Makes a claude that does as a script says, or as a recording does: the text of one of sluice, or of what claude printed as
 * stream-json.
 * @throws Error where the text is no recording
 */
export async function fakeClaude(does: readonly Step[] | { readonly recording: string }): Promise<FakeClaude> {
  const told = 'recording' in does ? await recorded(does.recording) : { version: VERSION, actions: actionsOf(does) };
  const folder = await mkdtemp(join(tmpdir(), 'fake-claude-'));
  const [path, calls] = [join(folder, 'claude'), join(folder, 'calls.ndjson')];
  await writeFile(path, standInProgram({ ...told, calls }, 'A fake claude of sluice/testing.'), { mode: 0o700 });
  return {
    path,
    async calls() {
      const text = await readFile(calls, 'utf8').catch(() => '');
      const lines = text.split('\n').filter((line) => line !== '');
      return lines.map((line) => JSON.parse(line) as FakeCall);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function recorded(text: string) {
  const { standIn, ending } = await recordedActions(text);
  if (ending.class === 'usage' && standIn.actions.every((action) => !('print' in action)))
    throw new Error(ending.message);
  return standIn;
}
