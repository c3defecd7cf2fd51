import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readJson } from '../../../../src/claude/start/read-json.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

/** Five hundred and one levels below the first. */
const DEEP = `${'{"a":'.repeat(501)}1${'}'.repeat(501)}`;

describe('readJson', () => {
  const agents = { reviewer: { description: 'reviews', prompt: 'Review.' } };

  it.each([
    ['an object', agents],
    ['JSON', JSON.stringify(agents)],
    ['a file', 'agents.json'],
  ])('reads %s', (_, value) => {
    const folder = temporaryFolder({ 'agents.json': JSON.stringify(agents) });
    expect(readJson('agents', value === 'agents.json' ? join(folder, value) : value)).toEqual(agents);
  });

  it('reads JSON as Windows writes it', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'le.json'), Buffer.from(`\uFEFF${JSON.stringify(agents)}`, 'utf16le'));
    expect(readJson('agents', join(folder, 'le.json'))).toEqual(agents);
    expect(readJson('agents', `\uFEFF${JSON.stringify(agents)}`)).toEqual(agents);
  });

  it.each([
    [
      'a file that is missing',
      'gone.json',
      /^agents: \/.*gone\.json cannot be read: no such file or directory \(ENOENT\)$/,
    ],
    ['a file that is no JSON', 'bad.json', /^agents: .*bad\.json is not valid JSON$/],
    ['broken JSON', '{"a": hidden', /^agents: not valid JSON$/],
    ['a file of too many levels', 'deep.json', /^agents: .*deep\.json is nested more than 500 levels deep$/],
    ['too many levels', DEEP, /^agents: nested more than 500 levels deep$/],
    ['a list', '[{"name":"a"}]', /^agents: expected a JSON object$/],
    ['a file with a list in it', 'list.json', /^agents: expected a JSON object$/],
  ])('refuses %s, and quotes nothing of it', (_, value, message) => {
    const folder = temporaryFolder({ 'bad.json': 'hidden: x', 'list.json': '[1]', 'deep.json': DEEP });
    expect(() => readJson('agents', value.endsWith('.json') ? join(folder, value) : value)).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringMatching(message) }),
    );
  });
});
