import { execFileSync } from 'node:child_process';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { CLAUDES_COMMANDS, CLAUDES_GROUPS } from '../../../src/cli/input/claudes-commands.ts';
import { COMMANDS } from '../../../src/cli/commands/commands.ts';
import { OPTIONS } from '../../../src/config/command-options/options.ts';
import recorded from '../../fixtures/help-of-claude.json' with { type: 'json' };
import { CLAUDE, since, VERSION } from '../../support/claude.ts';
import { emptyFolder } from '../../support/folder.ts';
import { OMITTED_FLAGS } from '../../support/omitted-flags.ts';
import { plain } from '../../support/scenarios.ts';
import { sluice } from '../../support/sluice.ts';
import { stub } from '../../support/stub.ts';

/** Options that sluice has by the same name and with a meaning of its own. */
const OURS: Readonly<Record<string, string>> = {
  '--file': 'attaches local files; for file resources of the API there is -- --file',
  '--help': "is sluice's own",
  '--input-format': 'takes text alone: sluice talks stream-json to claude',
  '--output-format': 'says what sluice prints, the formats of claude among it',
  '--print': 'is always so',
  '--verbose': 'is always so',
  '--version': "is sluice's own",
};

/** Options that take values otherwise than in claude. */
const VALUES_DIFFER: Readonly<Record<string, string>> = {
  '--resume': 'without a value claude opens a picker',
};

type Values = 'none' | 'one' | 'one or none' | 'many';

/** The long options of a help text, and how many values each takes. */
function optionsIn(help: string): ReadonlyMap<string, Values> {
  const lines = help.split('\n').filter((line) => /^ {2}-/.test(line));
  return new Map(
    lines.flatMap((line) => {
      const [heads = '', placeholder = ''] =
        /^ {2}((?:-[\w-]+(?:, )?)+)(?: ([<[].*?[>\]]))?/.exec(line)?.slice(1) ?? [];
      const long = heads.split(', ').filter((head) => head.startsWith('--'));
      return long.map((option): [string, Values] => [option, valuesOf(placeholder)]);
    }),
  );
}

function valuesOf(placeholder: string): Values {
  if (placeholder === '') return 'none';
  if (placeholder.endsWith('...>')) return 'many';
  return placeholder.startsWith('[') ? 'one or none' : 'one';
}

/** By command. Claude takes half a second to print one: those of the version on record need not be asked for. */
const helpTexts = new Map<string, string>(recorded.version === VERSION ? Object.entries(recorded.texts) : []);

it('has every option of claude --help under the same name, or a reason not to', () => {
  const own = optionsIn(OPTIONS.map(({ flags }) => `  ${flags}`).join('\n'));
  const theirs = optionsIn(helpOfClaude());
  expect(theirs.size).toBeGreaterThan(15);

  const missing = [...theirs.keys()].filter(
    (option) => !own.has(option) && !(option in OMITTED_FLAGS) && !(option in OURS),
  );
  expect(missing).toEqual([]);

  // Older ones took more, or fewer.
  if (!since('2.1.0')) return;
  const common = [...theirs.keys()].filter(
    (option) => own.has(option) && !(option in OURS) && !(option in VALUES_DIFFER),
  );
  expect(Object.fromEntries(common.map((option) => [option, own.get(option)]))).toEqual(
    Object.fromEntries(common.map((option) => [option, theirs.get(option)])),
  );
});

it('never takes a command of claude for a prompt', () => {
  const own = COMMANDS.map(({ name }): string => name);
  const names = commandsIn(helpOfClaude());
  expect(names.length).toBeGreaterThan(5);
  expect(names.filter((name) => !own.includes(name) && !CLAUDES_COMMANDS.has(name))).toEqual([]);
});

it.each([...CLAUDES_GROUPS])('knows the commands of claude %s', (group, known) => {
  if (!commandsIn(helpOfClaude()).includes(group)) return;
  const names = commandsIn(helpOfClaude(group)).filter((name) => name !== 'help');
  expect(names.filter((name) => !known.includes(name))).toEqual([]);
});

function commandsIn(help: string): string[] {
  const [, commands = ''] = help.split(/^Commands:$/m);
  return [...commands.matchAll(/^ {2}([\w|-]+)/gm)].flatMap(([, name = '']) => name.split('|'));
}

function helpOfClaude(...command: readonly string[]): string {
  const known = helpTexts.get(command.join(' '));
  if (known !== undefined) return known;
  const env = { PATH: process.env['PATH'], HOME: emptyFolder() };
  const help = execFileSync(CLAUDE, [...command, '--help'], { encoding: 'utf8', env });
  helpTexts.set(command.join(' '), help);
  return help;
}

describe.runIf(since('2.1.0'))('what claude takes amiss, or ignores', () => {
  it('is a warning of a run that goes on', async () => {
    const flags = ['--effort=bogus', '--betas=bogus', '--tools=Read,Bogus', '--disallowed-tools=bash,Bash'];
    const run = await sluice([...flags, '--json', 'hi'], { api: await stub(plain) });
    const warnings = [
      /^claude: Unknown --effort value 'bogus'/,
      /^claude: Beta header 'bogus' is not allowed/,
      /^--tools: claude does not have Bogus$/,
      // 2.1.197 says this one itself; newer ones do in text mode alone.
      /^claude: .*rule "bash" matches no known tool|bash denies nothing/,
    ].map((warning) => expect.stringMatching(warning));
    expect(run.bundle().outcome).toMatchObject({ class: 'success', warnings: expect.arrayContaining(warnings) });
    expect(run.stderr).toMatch(/^(?:sluice: warning: [^\n]+\n)+$/);
  });

  it('a source of settings that there is not is a wrong use', async () => {
    const run = await sluice(['--setting-sources=bogus', '--json', 'hi'], { api: await stub(plain) });
    expect(run.bundle().outcome).toMatchObject({ class: 'usage', exitCode: 2, warnings: [] });
    expect(run.stderr).toMatch(/^sluice: usage: claude rejected the run: .*Invalid setting source: bogus/);
  });
});
