import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { drawnToken } from '../../support/drawn-token.ts';
import { exampleAt, posted, startExample } from '../../support/example.ts';
import { emptyFolder, freshHome } from '../../support/folder.ts';
import { lacks } from '../../support/programs.ts';
import { plain } from '../../support/scenarios.ts';
import { API_KEY } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

const unit = readFileSync(exampleAt('systemd/sluice.service'), 'utf8');

describe('examples/systemd', () => {
  it.skipIf(lacks('systemd-analyze'))('is a unit that systemd takes, and that is hardened', async () => {
    const file = join(emptyFolder(), 'sluice.service');
    writeFileSync(file, unit.replace('/usr/local/bin/sluice', process.execPath));
    expect(await execa('systemd-analyze', ['verify', file])).toMatchObject({ stdout: '', stderr: '' });
    // It fails where the exposure is more than 1.5 of 10.
    await execa('systemd-analyze', ['security', '--offline=yes', '--threshold=15', file]);
  });

  it('has a command that serves, with the key from its file alone', async () => {
    const home = freshHome();
    const { token, line } = drawnToken({ scopes: ['query'] });
    const [state, logs, credentials] = ['state', 'logs', 'credentials'].map((name) => join(home.path, name));
    for (const folder of [`${state}/sluice`, `${logs}/sluice`, `${credentials}`])
      mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries({ tokens: `${line}\n`, 'anthropic-key': `${API_KEY}\n` })) {
      writeFileSync(`${credentials}/${name}`, text);
      chmodSync(`${credentials}/${name}`, 0o400);
    }
    const command = (/^ExecStart=((?:.*\\\n)*.*)$/m.exec(unit)?.[1] ?? '')
      .replace('/usr/local/bin/sluice', 'sluice')
      .replace('/srv/app', home.project)
      .replaceAll('%S', `${state}`)
      .replaceAll('%L', `${logs}`)
      .replaceAll('%d', `${credentials}`);
    const api = await stub(plain);
    const { fetch } = await startExample(`${command} --port "$PORT"`, {
      home,
      api,
      env: { ANTHROPIC_API_KEY: undefined },
    });
    const answer = await fetch('/v1/queries', posted({ prompt: 'hi' }, { authorization: `Bearer ${token}` }));
    expect(await answer.json()).toMatchObject({
      outcome: { class: 'success' },
      claude: { apiKeySource: 'apiKeyHelper' },
    });
    const audit = (): string => readFileSync(`${logs}/sluice/audit.jsonl`, 'utf8');
    await expect.poll(audit, { timeout: 20_000 }).toContain('"class":"success"');
  });
});
