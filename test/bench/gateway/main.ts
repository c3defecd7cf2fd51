/**
 * Usage: npm run bench:gateway -- [--part NAME]... [--rounds N] [--clients N] [--claude PATH|newest]
 * Measures `sluice serve`, by the parts named or all (warm, remote, streams, overload, kept, listen, leaks), beside what somebody
 * would write around the Agent SDK, and prints a table with each target. Linux alone.
 */
import { symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { locateClaude } from '../../../src/claude/start/locate.ts';
import { installPeers } from '../../peers/install.ts';
import { withBenchFolder } from '../bench-folder.ts';
import { type Figure, formatFigures } from '../figure.ts';
import { benchKept } from './kept.ts';
import { benchLeaks } from './leaks.ts';
import { benchListening } from './listening.ts';
import { benchOverload } from './overload.ts';
import { benchRemote } from './remote.ts';
import { benchStreams } from './streams.ts';
import { benchWarm } from './warm.ts';

const { values } = parseArgs({
  options: {
    part: { type: 'string', multiple: true },
    rounds: { type: 'string', default: '7' },
    clients: { type: 'string', default: '200' },
    claude: { type: 'string' },
  },
});

const figures = await withBenchFolder(async (folder) => {
  const rounds = Number(values.rounds);
  // For the database, where Node has none.
  symlinkSync(resolve('node_modules'), join(folder.path, 'sluice', 'node_modules'));
  const parts: Record<string, () => Promise<Figure[]>> = {
    warm: () => benchWarm(folder, claudePath(), rounds),
    remote: () => benchRemote(folder, claudePath(), rounds),
    streams: () => benchStreams(folder, Number(values.clients)),
    overload: () => benchOverload(folder),
    kept: () => benchKept(folder),
    listen: () => benchListening(folder, rounds),
    leaks: () => benchLeaks(folder),
  };
  const all: Figure[] = [];
  for (const name of values.part ?? Object.keys(parts)) {
    const part = parts[name];
    if (part === undefined) throw new Error(`there is no part ${name}; there are ${Object.keys(parts).join(', ')}`);
    console.error(`measuring ${name} …`);
    all.push(...(await part()));
  }
  return all;
});
console.log(formatFigures(figures));

function claudePath(): string {
  if (values.claude === 'newest') return installPeers('newest');
  return locateClaude({ explicit: values.claude, path: undefined, cwd: process.cwd() });
}
