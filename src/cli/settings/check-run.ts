import { goesOn } from '../../claude/start/session-flags.ts';
import { strayWord } from '../../claude/start/stray-word.ts';
import type { Settings } from '../../config/layers.ts';
import { whereOf } from '../../config/derived-names.ts';
import { flagOf } from '../../request/flag.ts';
import { SluiceError } from '../../errors.ts';
import type { Invocation } from '../program.ts';

/** Flags that are sluice's own to set: another value would break how it talks to claude. */
const PROTOCOL = /^(?:-p|--print|--verbose|--(?:input|output)-format(?:=.*)?)$/;

/** Flags that make claude do something else than run a prompt. */
const ELSEWHERE = /^(?:-h|--help|-v|--version)$/;

/**
 * Refuses what no run can be made of, though each part of it is right by itself.
 * @throws SluiceError `usage`
 */
export function checkRun({ passThrough }: Invocation, settings: Settings): void {
  const taken = passThrough.find((argument) => PROTOCOL.test(argument));
  const other = passThrough.find((argument) => ELSEWHERE.test(argument));
  if (other !== undefined) throw new SluiceError('usage', `-- ${other}: that is no run; ask claude itself`);
  if (taken !== undefined) throw new SluiceError('usage', `-- ${taken}: sluice sets it itself; use -o for the output`);
  rejectStrayWord(passThrough);
  rejectStdinBothWays(settings);
  rejectHalfRedaction(settings);
  rejectUnaskedFindings(settings);
  rejectIsolatedSession(passThrough, settings);
  rejectIdle(settings, 'labels', 'history', 'nothing keeps it');
  rejectIdle(settings, 'budgetName', 'budget', 'there is no budget');
}

/** Whoever types what is about something else wants that, too; in a file it may wait for it. */
function rejectIdle(settings: Settings, name: string, about: string, why: string): void {
  const [idle, needed] = [name, about].map((one) => settings.get(one));
  if (idle === undefined || idle.from !== flagOf(idle.option)) return;
  if (needed !== undefined && needed.value !== false) return;
  throw new SluiceError('usage', `${idle.from}: ${why}; add --${about}`);
}

/** Claude would drop it. */
function rejectStrayWord(passThrough: readonly string[]): void {
  const word = strayWord(passThrough);
  if (word === undefined) return;
  throw new SluiceError(
    'usage',
    `-- ${word}: behind -- stand options for claude, which drops any other word; to ask it, put it before -- or say -p, to give it to an option, put it behind that one`,
  );
}

/** What is left alone cannot be required. */
function rejectStdinBothWays(settings: Settings): void {
  const [require, leave] = ['requireStdin', 'noStdin'].map((name) => settings.get(name));
  if (require?.value !== true || leave?.value !== true) return;
  throw new SluiceError(
    'usage',
    `${whereOf(require.option, require.from)}: stdin is left alone by ${whereOf(leave.option, leave.from)}; leave one of them out`,
  );
}

/** What comes out unmasked had better not go in masked: `--no-redact` is about both. */
function rejectHalfRedaction(settings: Settings): void {
  const input = settings.get('redactInput');
  if (settings.get('noRedact')?.value !== true || input?.value !== true || input.from === 'default') return;
  throw new SluiceError(
    'usage',
    `${whereOf(input.option, input.from)}: input cannot be redacted with --no-redact; leave that out, or say --no-redact-input`,
  );
}

/** What is made of findings wants some to be asked for. */
function rejectUnaskedFindings(settings: Settings): void {
  if (settings.get('findings')?.value === true || settings.get('jsonSchema')?.value !== undefined) return;
  const idle = ['failOnFindings', 'sarif', 'junit']
    .map((name) => settings.get(name))
    .find((setting) => setting?.value !== undefined);
  if (idle === undefined) return;
  throw new SluiceError(
    'usage',
    `${whereOf(idle.option, idle.from)}: nothing asks for findings; add --findings, or a --json-schema of that shape`,
  );
}

/** A session lies in the configuration directory that it was made in. */
function rejectIsolatedSession(passThrough: readonly string[], settings: Settings): void {
  const isolate = settings.get('isolate');
  if (isolate?.value !== true) return;
  const asked = ['resume', 'continue']
    .map((name) => settings.get(name))
    .find((setting) => setting?.value !== undefined && setting.value !== false);
  const named = asked === undefined ? passThrough.find(goesOn) : flagOf(asked.option);
  if (named === undefined) return;
  throw new SluiceError(
    'usage',
    `${whereOf(isolate.option, isolate.from)}: the session of ${named} lies in your own configuration directory, which an isolated run does not see; leave one of them out`,
  );
}
