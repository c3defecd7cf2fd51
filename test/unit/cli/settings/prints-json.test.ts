import { describe, expect, it } from 'vitest';
import { main } from '../../../../src/main.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { fakeIo } from '../fake-io.ts';

async function sluice(argv: readonly string[], files: Readonly<Record<string, string>> = {}, env = {}) {
  const cwd = temporaryFolder(files);
  const io = { ...fakeIo({ cwd, env: { HOME: cwd, ...env } }), argv };
  return { code: await main(io), ...io.printed() };
}

describe('a command that prints text or JSON', () => {
  it.each(['batch', 'cache', 'config', 'doctor', 'explain', 'history', 'templates'])(
    'refuses formats that are for runs: %s',
    async (command) => {
      expect(await sluice([command, '-o', 'ndjson'])).toMatchObject({
        code: 2,
        out: '',
        err: `sluice: usage: -o ndjson: sluice ${command} prints text or JSON\n`,
      });
    },
  );

  it('goes by what is typed, also where the configuration cannot be read', async () => {
    const text = await sluice(['config'], {}, { SLUICE_OUTPUT: 'json' });
    expect(text.out).toMatch(/^--output/);
    const { out } = await sluice(['doctor', '--json'], { '.sluicerc.json': '{' }, { PATH: '' });
    expect(JSON.parse(out)).toMatchObject({ ok: false });
  });
});
