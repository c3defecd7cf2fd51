import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openAnswersIn } from '../../../src/cli/service/open-answers.ts';
import { emptyFolder } from '../../support/folder.ts';

it('says in words why answers cannot be kept, as is said of runs', () => {
  const file = join(emptyFolder(), 'file');
  writeFileSync(file, '');
  const state = join(file, 'sluice');
  expect(() => openAnswersIn(state, 1000, '--cache', () => {})).toThrow(
    `${state} cannot keep answers: not a directory (ENOTDIR)`,
  );
});
