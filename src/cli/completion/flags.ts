import { OPTIONS } from '../../config/command-options/options.ts';
import { flagOf as longFlagOf } from '../../request/flag.ts';
import { briefly } from '../describe-option.ts';
import { type CommandName, COMMANDS } from '../commands/commands.ts';
import { isForeign } from '../settings/foreign-flags.ts';
import { SHORTHANDS } from '../program.ts';

/** A flag of a command line. */
export interface Flag {
  /** Its spellings, such as `-o` and `--output`. */
  readonly names: readonly string[];
  readonly help: string;
  /** What takes the place of its value in help, such as `<FORMAT>`; absent where it takes none. */
  readonly value?: string;
  /** The option that it sets; absent for a spelling that stands for another. */
  readonly option?: string;
}

/** The flags that a command takes. */
export function flagsFor(command: CommandName): Flag[] {
  const row = COMMANDS.find(({ name }) => name === command);
  const whose = row !== undefined && 'options' in row ? row.options : command;
  const own = OPTIONS.filter(({ commands }) => commands?.includes(whose));
  const taken = new Set(own.map(longFlagOf));
  const foreign = new Set<string>(OPTIONS.filter((option) => isForeign(option, command)).map(({ name }) => name));
  const general = OPTIONS.filter(
    (option) => option.commands === undefined && !taken.has(longFlagOf(option)) && !foreign.has(option.name),
  );
  const switches = row !== undefined && 'switches' in row ? row.switches : [];
  return [
    ...[...general, ...own].map(({ name, flags, help }) => ({ ...flagOf(flags, help), option: name })),
    ...SHORTHANDS.flatMap((shorthand) =>
      'help' in shorthand && !('sets' in shorthand && foreign.has(shorthand.sets))
        ? [flagOf(shorthand.flags, shorthand.help)]
        : [],
    ),
    ...switches.map(([flags, help]) => flagOf(flags, help)),
    flagOf('-h, --help', 'this text'),
  ];
}

/** Reads a flag as commander has it: `-o, --output <FORMAT>`. */
function flagOf(flags: string, help: string): Flag {
  const value = /<.*>/.exec(flags)?.[0];
  const names = flags
    .replace(/[<[].*/, '')
    .split(/[ ,]+/)
    .filter((name) => name !== '');
  return { names, help: briefly(help), ...(value === undefined ? {} : { value }) };
}
