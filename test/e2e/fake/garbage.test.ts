import { describe, expect, it } from 'vitest';
import { begin, succeed } from '../../support/fake.ts';
import { sluice } from '../../support/sluice.ts';

describe('what claude prints and is no message', () => {
  it('turns a line of garbage into a warning that carries it, and succeeds with a warning', async () => {
    const run = await sluice(['--ndjson', 'hi'], { fake: [...begin, { raw: 'warning: not JSON\n' }, ...succeed] });
    expect(run.exitCode).toBe(0);
    expect(run.stderr).toBe("sluice: warning: 1 line of claude's output could not be read\n");
    const warning = run.events().find(({ message }) => message['code'] === 'not_json');
    expect(warning?.message).toMatchObject({ type: 'sluice', subtype: 'warning', line: 'warning: not JSON' });
  });

  it('calls a torn last line with exit code 0 truncated', async () => {
    const run = await sluice(['hi'], { fake: [...begin, { say: 'half' }, { raw: '{"type":"result","sub' }] });
    expect(run.exitCode).toBe(6);
    expect(run.stdout).toBe('half\n');
    expect(run.stderr).toMatch(/^sluice: truncated: /m);
  });
});
