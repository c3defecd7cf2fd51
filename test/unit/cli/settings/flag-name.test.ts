import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { flagOf } from '../../../../src/request/flag.ts';
import { OPTIONS } from '../../../../src/config/command-options/options.ts';
import { flagName } from '../../../../src/cli/settings/flag-name.ts';

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
  const named = sources().flatMap(({ text }) =>
    [...text.matchAll(/\bname\('([\w.]+)'/g)].map(([, option = '']) => option),
  );
  expect(named).toEqual(expect.arrayContaining(['maxTurns', 'claudePath']));
  expect(named.filter((option) => option !== 'prompt' && !flagName(option).startsWith('--'))).toEqual([]);
});

it('no message of the library names a flag', () => {
  // systemd-run has one of that name.
  const flags = OPTIONS.map(flagOf).filter((flag) => flag !== '--quiet');
  const library = sources().filter(
    ({ file }) =>
      /^(?:claude|messages|outcome|retry|run|stream)\/|^prompt\/compose/.test(file) &&
      !/-?(?:flags|arguments|asked)\.ts$/.test(file),
  );
  const named = library.flatMap(({ file, text }) => {
    const code = text.replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '');
    return [...code.matchAll(/(?<![\w-])--[a-z][\w-]*/g)]
      .filter(([flag]) => flags.includes(flag))
      .map(([flag]) => `${file}: ${flag}`);
  });
  expect(named).toEqual([]);
});

function sources(): { readonly file: string; readonly text: string }[] {
  const folder = fileURLToPath(new URL('../../../../src', import.meta.url));
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
}
