import { expect, it } from 'vitest';
import { secretsKeptFromTools } from '../../../src/run/secrets-kept-from-tools.ts';

const env = { A_TOKEN: 'one', B_TOKEN: 'two', DECLARED: 'swordfish', CI: 'true' };

it('all that is secret is kept from tools, but for what they are to have', async () => {
  const redactor = { values: ['swordfish'] };
  expect(await secretsKeptFromTools({ scrubToolEnv: true }, { env, redactor })).toEqual([
    'A_TOKEN',
    'B_TOKEN',
    'DECLARED',
  ]);
  const asked = { scrubToolEnv: true, keepToolEnv: ['B_TOKEN', 'UNHEARD_OF'] };
  expect(await secretsKeptFromTools(asked, { env })).toEqual(['A_TOKEN']);
});

it('nothing is kept from them unless that is asked for', async () => {
  expect(await secretsKeptFromTools({}, { env })).toBeUndefined();
});
