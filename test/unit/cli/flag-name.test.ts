import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { flagName } from '../../../src/cli/flag-name.ts';

it.each([
  ['timeout', undefined, '--timeout'],
  ['claudePath', 'PATH', '--claude PATH'],
  ['jsonSchema', undefined, '--json-schema'],
  ['idleTimeout.api', undefined, '--idle-timeout api'],
  ['maxMemory', undefined, '--max-memory'],
  ['maxPrompt', undefined, '--max-prompt'],
  ['prompt', undefined, 'prompt, as in: sluice "why did it fail?" < app.log'],
])('on the command line %s is %s', (option, value, flag) => {
  expect(flagName(option, value)).toBe(flag);
});

it('there is a flag for every option that a message names', () => {
  const source = fileURLToPath(new URL('../../../src', import.meta.url));
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const named = files.flatMap((file) => {
    const text = readFileSync(`${source}/${file}`, 'utf8');
    return [...text.matchAll(/\bname\('([\w.]+)'/g)].map(([, option = '']) => option);
  });
  expect(named).toEqual(expect.arrayContaining(['maxTurns', 'claudePath']));
  expect(named.filter((option) => option !== 'prompt' && !flagName(option).startsWith('--'))).toEqual([]);
});
