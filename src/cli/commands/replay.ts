import { resolve as resolvePath } from 'node:path';
import type { Settings } from '../../config/layers.ts';
import { SluiceError, reasonOf } from '../../errors.ts';
import { replay } from '../../replay.ts';
import { declaredSecrets } from '../settings/declared-secrets.ts';
import { flagName } from '../settings/flag-name.ts';
import type { Io } from '../io.ts';
import { openInput } from '../../prompt/open-input.ts';
import { rejectForeignFlags } from '../settings/foreign-flags.ts';
import { formatOf, openSinks } from '../output/open-sinks.ts';
import type { Invocation } from '../program.ts';
import { redactorOptions } from '../settings/redactor-options.ts';
import { requestOf } from '../settings/settings.ts';
import { outputFailure } from '../../outcome/with-failure.ts';
import { settle } from '../output/settle.ts';

/** Shows a run that is over. Returns the exit code that it ended with. */
export async function replayCommand({ operands, flags }: Invocation, settings: Settings, io: Io): Promise<number> {
  const request = requestOf(settings);
  const secrets = declaredSecrets(settings);
  rejectForeignFlags(flags, 'replay');
  const [path, extra] = operands;
  if (extra !== undefined) throw new SluiceError('usage', `replay takes one file; "${extra}" is one too many`);
  const isStdin = path === undefined || path === '-';
  const source = isStdin ? io.stdin : fileBytes(resolvePath(io.cwd, path));
  if (source === null)
    throw new SluiceError('usage', 'nothing to replay: give a file, as in: sluice replay run.ndjson');
  const stop = new AbortController();
  io.onSignal((signal) => stop.abort(signal));
  const forgetReader = io.stdout.onFailure((failure) => stop.abort(outputFailure(failure)));
  try {
    const ending = await replay(
      readable(source, path ?? 'stdin'),
      request,
      await openSinks(settings, io, { inputs: [isStdin ? '/dev/stdin' : path], describe: () => null }),
      {
        env: io.env,
        ...(request.noRedact === true ? {} : { redactor: await redactorOptions(secrets, io, stop.signal) }),
        signal: stop.signal,
        nameOption: flagName,
      },
    );
    return await settle(ending, formatOf(settings, io), io, stop.signal);
  } finally {
    forgetReader();
  }
}

async function* fileBytes(path: string): AsyncGenerator<Uint8Array> {
  yield* openInput(path).bytes;
}

async function* readable(source: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (error) {
    throw new SluiceError('usage', `${name} cannot be read: ${reasonOf(error)}`, { cause: error });
  }
}
