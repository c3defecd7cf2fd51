import { read, type Settings } from '../../config/layers.ts';
import { OPTION } from '../../config/command-options/options.ts';
import { bind } from '../../servers/http/bind.ts';
import { createHeldServer } from '../../servers/http/held-server.ts';
import { isLoopback } from '../../system/loopback.ts';
import type { Io } from '../io.ts';
import { seeOut } from '../output/see-out.ts';
import { heedServerSignals } from '../service/server-signals.ts';
import { resolveServer } from '../settings/server-settings.ts';

/**
 * Serves runs over HTTP until a signal comes: then no more are let in, and those that go on have their time. A second
 * signal stops them, a third one hurries. On loopback it listens at once, and whoever asks waits until it is ready to answer.
 * Returns the exit code.
 */
export async function serveCommand(settings: Settings, io: Io): Promise<number> {
  const server = resolveServer(settings);
  let force = (): void => {};
  const signals = heedServerSignals(io, () => force());
  const held = createHeldServer();
  try {
    if (mayListenAtOnce(settings, server.gateway.host)) await bind(held.server, server.gateway);
    const { serveGateway } = await import('../service/serve-gateway.ts');
    await serveGateway(settings, server, io, held, signals, (stopRuns) => {
      force = stopRuns;
    });
  } finally {
    held.close();
    await seeOut(io);
  }
  return 0;
}

/**
 * A replica may have to wait for Redis: others are to be asked meanwhile. And where others than this machine's users can
 * ask, it is known first who may.
 */
function mayListenAtOnce(settings: Settings, host: string): boolean {
  return read(settings, OPTION.queue) === undefined && isLoopback(host);
}
