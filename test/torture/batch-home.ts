import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** The program under test, and what carries out items in place of claude: those that end in `w` write. */
export const BIN = fileURLToPath(new URL('../../bin/sluice.js', import.meta.url));
export const CLAUDE = fileURLToPath(new URL('../support/item-claude.sh', import.meta.url));

/** A home of its own for a batch, with its items in `items.jsonl`, half of which write. To be removed. */
export function batchHome(items: number) {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'sluice-batch-')));
  const home = { path, project: join(path, 'project'), temporary: join(path, 'tmp') };
  for (const folder of [home.project, home.temporary]) mkdirSync(folder);
  const ids = Array.from({ length: items }, (_, index) => (index % 2 === 0 ? `${index}w` : `${index}`));
  writeFileSync(
    join(home.project, 'items.jsonl'),
    ids.map((id) => `${JSON.stringify({ id, prompt: `item=${id};` })}\n`).join(''),
  );
  const env = {
    PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
    HOME: home.path,
    TMPDIR: home.temporary,
  };
  return { home, ids, env };
}
