import type { NameOption } from '../errors.ts';
import { flagOf } from '../request/flag.ts';
import { OPTIONS } from '../config/options/options.ts';

/** What the command line calls an option of a run: its flag, with a word for its value; `--idle-timeout api` for a part. */
export const flagName: NameOption = (option, value) => {
  const [whole, part] = option.split('.');
  const row = OPTIONS.find(({ name }) => name === whole);
  return row === undefined ? option : [flagOf(row), part ?? value].filter((word) => word !== undefined).join(' ');
};
