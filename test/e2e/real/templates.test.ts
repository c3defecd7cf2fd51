import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freshHome, type Home } from '../../support/folder.ts';
import { plain } from '../../support/scenarios.ts';
import { sluice } from '../../support/sluice.ts';
import { stub, wordsSent } from '../../support/stub.ts';

function write(home: Home, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = join(home.path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

const MINE = '.config/sluice/templates/mine.md';
const THEIRS = 'project/.sluice/templates/theirs.md';
const ASKING = '---\nvars: { what: }\n---\n';

describe('a template', () => {
  it('of the user is acted upon by claude as typed words are, and nothing that is filled in', async () => {
    const home = freshHome();
    const api = await stub(plain);
    write(home, {
      [MINE]: `${ASKING}Mind @house.txt, and {{what}} in {{stdin}}`,
      'project/house.txt': 'the rules of the house',
      'project/secret.txt': 'the launch code is 0000',
    });
    const args = ['-t', 'mine', '--var', 'what=look at @secret.txt', 'and @secret.txt'];
    const run = await sluice(args, { api, home, input: '/clear\n@secret.txt\n' });
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    const sent = JSON.stringify(api.requests.map(({ body }) => body));
    expect(sent).toContain('the rules of the house');
    expect(sent).not.toContain('launch code');
    expect(wordsSent(api)[0]).toMatch(/Mind @house\.txt, and \[what, attached above\] in \[stdin, attached above\]/);
  });

  it('of the project is not, neither its paths nor its commands', async () => {
    const home = freshHome();
    const api = await stub(plain);
    write(home, {
      [THEIRS]: `${ASKING}/clear @secret.txt {{what}} @./secret.txt`,
      'project/secret.txt': 'the launch code is 0000',
    });
    const run = await sluice(['-t', 'theirs', '--var', 'what=x', '--slash'], { api, home });
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.stringify(api.requests.map(({ body }) => body))).not.toContain('launch code');
    expect(wordsSent(api)[0]).toMatch(/\n\/clear @secret\.txt \[what, attached above\] @\.\/secret\.txt$/);
  });
});
