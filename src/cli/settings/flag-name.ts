import type { NameOption } from '../../errors.ts';
import { flagOf } from '../../request/flag.ts';
import { OPTIONS } from '../../config/command-options/options.ts';

/** The prompt has no flag: how it is given is shown. */
const PROMPT = 'prompt, as in: sluice "why did it fail?" < app.log';

/** What the command line calls an option of a run: its flag, with a word for its value; `--idle-timeout api` for a part. */
export const flagName: NameOption = (option, value) => {
  if (option === 'prompt') return PROMPT;
  const [whole, part] = option.split('.');
  const row = OPTIONS.find(({ name }) => name === whole);
  return row === undefined ? option : [flagOf(row), part ?? value].filter((word) => word !== undefined).join(' ');
};
