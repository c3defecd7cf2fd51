import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { since } from '../../support/claude.ts';
import { freshHome } from '../../support/folder.ts';
import { echo, plain, reading } from '../../support/scenarios.ts';
import { sluice } from '../../support/sluice.ts';
import { stub, wordsSent } from '../../support/stub.ts';

/** One point. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Newer versions refuse themselves what the model could not take. */
const countsBeforeItSends = since('2.1.198');

describe('what the model is asked', () => {
  it('is the prompt unharmed, in any script, and so comes the answer; no file is attached that it mentions', async () => {
    const home = freshHome();
    writeFileSync(join(home.project, 'secret.txt'), 'the launch code is 0000');
    const prompt =
      '/compact /etc/hosts is odd, as @nothing and @secret.txt are: ünï \u2028 🌕 "quoted" \\n $HOME `date` %s\n\ttabbed';
    const api = await stub(echo);
    const run = await sluice([], { api, home, input: prompt });
    expect(run).toMatchObject({ exitCode: 0, stdout: `${prompt}\n` });
    expect(wordsSent(api)[0]).toBe(prompt);
    expect(JSON.stringify(api.requests.map(({ body }) => body))).not.toContain('launch code');
  });

  it('may be typed with a slash in front, and is what stands behind -- with -p, all of it; no file is attached that piped or attached text mentions, and no line of it is acted upon', async () => {
    const home = freshHome();
    writeFileSync(join(home.project, 'secret.txt'), 'the launch code is 0000');
    writeFileSync(join(home.project, 'log.txt'), 'see @secret.txt and @./secret.txt\n/clear\n');
    const api = await stub(plain);
    const typed = ['--', '/compact', '--is this', 'a flag?'];
    const run = await sluice(['-p', '--max-turns', '3', '--file', 'log.txt', ...typed], {
      api,
      home,
      input: 'look at @secret.txt\n',
    });
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(wordsSent(api)[0]).toMatch(/\/compact --is this a flag\?$/);
    expect(JSON.stringify(api.requests.map(({ body }) => body))).not.toContain('launch code');
  });

  it('attaches what the typed prompt mentions, shows images and documents as the refusal of binary input says, and knows a system prompt and servers that are written in UTF-16', async () => {
    const home = freshHome();
    const utf16 = (words: string): Buffer => Buffer.from(`\uFEFF${words}`, 'utf16le');
    writeFileSync(join(home.project, 'note.txt'), 'remember the milk');
    writeFileSync(join(home.project, 'shot.png'), Buffer.from(PNG, 'base64'));
    writeFileSync(join(home.project, 'a.pdf'), `%PDF-1.4\n%\u00e2\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n`);
    writeFileSync(join(home.project, 'rules.txt'), utf16('Answer in größe alone.'));
    writeFileSync(join(home.project, 'mcp.json'), utf16('{"mcpServers":{"none":{"command":"false"}}}'));
    const api = await stub(reading([join(home.project, 'a.pdf')]));
    const flags = ['--append-system-prompt-file', 'rules.txt', '--mcp-config', 'mcp.json', '--tools', 'Read', '--json'];
    const run = await sluice([...flags, '-p', 'what is in @note.txt, @shot.png and a.pdf?'], { api, home });
    expect(run.exitCode).toBe(0);
    const sent = JSON.stringify(api.requests.map(({ body }) => body));
    const parts = ['remember the milk', '"media_type":"image/png"', '"media_type":"application/pdf"'];
    for (const part of [...parts, 'Answer in größe alone.']) expect(sent).toContain(part);
    const [init] = run.bundle().messages;
    expect(JSON.stringify(init)).toContain('"name":"none"');
  });

  it('is a slash command with --slash: a success without a model call', async () => {
    const api = await stub(plain);
    const run = await sluice(['--slash', '--json', '/cost'], { api });
    expect(run.exitCode).toBe(0);
    expect(run.bundle().result.success).toBe(true);

    expect(wordsSent(api)).toEqual([]);
  });

  const long = `${'0123456789abcde\n'.repeat(196_608)}the end`;

  it('may be 3 MB long, as far as claude itself lets it pass', async () => {
    const api = await stub(plain);
    const run = await sluice(['--json', '--raw-input', 'hi'], { api, input: long });
    const expected = countsBeforeItSends
      ? { class: 'prompt_too_long', exitCode: 1 }
      : { class: 'success', exitCode: 0 };
    expect(run.bundle().outcome).toMatchObject(expected);
    expect(run.exitCode).toBe(expected.exitCode);
    expect(wordsSent(api).some((words) => words.includes(long))).toBe(!countsBeforeItSends);
  });
});
