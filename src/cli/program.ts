import { Argument, Command, CommanderError, Help, Option } from 'commander';
import { OPTIONS } from '../config/command-options/options.ts';
import { SluiceError } from '../errors.ts';
import { briefly, describeOption } from './describe-option.ts';
import { type CommandName, COMMANDS } from './commands/commands.ts';
import { EXAMPLES, EXIT_CODE_HELP, SHOWN_FLAGS } from './help.ts';

/** What was typed: a command, its operands, and its options by name, unparsed. */
export interface Invocation {
  readonly command: CommandName;
  readonly operands: readonly string[];
  /** Values for the options of configuration, as the highest layer of settings. */
  readonly flags: Readonly<Record<string, unknown>>;
  /** The file of `--config`. */
  readonly config: string | undefined;
  /** Whether `-p` was given: what follows is a prompt, whatever it looks like. */
  readonly print: boolean;
  readonly version: boolean;
  /** What stood behind `--` and goes to claude as it is: with `-p` it is prompt, and other commands take it for operands. */
  readonly passThrough: readonly string[];
  /** The command's own flags that were given, in camelCase. */
  readonly switches: ReadonlySet<string>;
}

/** Spellings that stand for an option of ours, so that `claude -p` command lines work unchanged. */
export const SHORTHANDS = [
  { flags: '--json', help: 'one JSON document at the end; short for -o json', group: 'Output', sets: 'output' },
  { flags: '--ndjson', help: 'one JSON event a line; short for -o ndjson', group: 'Output', sets: 'output' },
  { flags: '--config <FILE>', help: 'read settings from this file instead of your own', group: 'Run' },
  {
    flags: '-p, --print',
    help: 'all words are the prompt, those behind -- too, as in claude -p',
    group: 'Run',
  },
  { flags: '--no-cache', help: 'ask claude, whatever a file says of --cache', group: 'Run', sets: 'cache' },
  {
    flags: '--no-history',
    help: 'keep no record, whatever a file says of --history',
    group: 'History',
    sets: 'history',
  },
  { flags: '-v, --version', help: 'the version of sluice', group: 'Run' },
  { flags: '--output-format <FORMAT>' },
  { flags: '--input-format <FORMAT>', choices: ['text'] },
  { flags: '--verbose' },
  { flags: '--redact' },
  {
    flags: '--no-redact-input',
    help: 'let the model see piped and attached text as it is',
    group: 'Secrets',
    sets: 'redactInput',
  },
] as const;

/** Where help goes. */
export interface ParserOutput {
  readonly out: (text: string) => void;
  readonly columns: number;
}

/**
 * Reads a command line. Nothing is run.
 * @throws CommanderError when help was shown (`exitCode` 0), SluiceError `usage` when something is wrong
 */
export function parseArguments(argv: readonly string[], output: ParserOutput): Invocation {
  try {
    return parseWith(onlyNamedIn(argv), argv, { ...output, out: () => {} });
  } catch {
    // Help shows all that there is, and so does a word on what is misspelt.
    return parseWith(() => true, argv, output);
  }
}

/** Says of a flag, as a table of options spells it, or of a command's name, whether it matters here. */
type Matters = (spelling: string) => boolean;

/** Leaves out what is not on the command line: to declare all of it takes commander 5 ms. One too many does no harm. */
function onlyNamedIn(argv: readonly string[]): Matters {
  const words = [...new Set(argv.flatMap(namesIn))];
  return (spelling) => words.some((word) => spelling.includes(word) && spelling.split(/[ ,]+/).includes(word));
}

/** The names that an argument may hold: `--no-x` sets what `--x` does, and letters may stand together. */
function namesIn(argument: string): readonly string[] {
  if (/^-[^-]/.test(argument)) return Array.from(argument, (letter) => `-${letter}`);
  const name = argument.replace(/=.*/s, '');
  return [name, name.replace('--no-', '--')];
}

/** @param chosen the command, once it is known: a flag of its own means that, where all commands have one of that name */
function parseWith(
  matters: Matters,
  argv: readonly string[],
  output: ParserOutput,
  chosen: CommandName = 'run',
): Invocation {
  const split = argv.indexOf('--');
  const own = split === -1 ? argv : argv.slice(0, split);
  const rest = split === -1 ? [] : argv.slice(split + 1);
  let command: CommandName = 'run';
  let operands: readonly string[] = [];
  let switches: ReadonlySet<string> = new Set();

  const program = new Command('sluice')
    .description('Runs Claude Code headless, masks secrets, and tells how the run really ended.')
    .usage('[options] [prompt...] [-- options for claude as they are]')
    .addArgument(new Argument('[prompt...]'))
    .helpCommand(false)
    .optionsGroup(MOST_USED)
    .helpOption(...HELP_FLAG)
    .exitOverride()
    .configureHelp({
      minWidthToWrap: 20,
      visibleOptions: shownOptions,
      formatHelp: closedUp,
      // Spellings of claude's own are accepted, and not taught.
      optionTerm: ({ flags }) => flags.replace(/--\w*[A-Z]\w*, /, ''),
    })
    .configureOutput({
      writeOut: output.out,
      // What is wrong is in the error that is thrown.
      writeErr: () => {},
      getOutHelpWidth: () => Math.min(output.columns, 110),
    })
    .addHelpText('after', `\n${EXAMPLES}\n${EXIT_CODE_HELP}`)
    .action((prompt: readonly string[]) => {
      operands = prompt.map(unshield);
    });
  let typed: Readonly<Record<string, unknown>> = {};
  const declared: Declared[] = [];
  const declare = (options: readonly Declared[], on: Command): void => {
    for (const one of options) {
      on.addOption(one.option);
      declared.push(one);
    }
  };
  declare(optionsOf('run', matters, ownSpellings(chosen)), program);
  for (const option of shorthands(matters)) program.addOption(option);
  // Behind -p everything is a prompt, whatever it looks like.
  const asPrompt = own.some(isPrint(program.options));
  for (const row of asPrompt ? [] : COMMANDS.filter(({ name }) => matters(name))) {
    const sub = program.command(row.usage).description(row.help);
    if (SHOWN_FLAGS[row.name] !== undefined) sub.optionsGroup(MOST_USED);
    // Inherited, it would stand under the program's own heading.
    sub.helpOption(...HELP_FLAG);
    if ('switches' in row) for (const [flag, help] of row.switches) sub.option(flag, help);
    declare(optionsOf('options' in row ? row.options : row.name, matters), sub);
    if ('more' in row) sub.addHelpText('after', `\n${row.more}`);
    sub.action(() => {
      command = row.name;
      const [first] = rest;
      if (first !== undefined && row.usage === row.name)
        throw new SluiceError('usage', `-- ${first}: sluice ${row.name} passes nothing on to claude`);
      operands = [...sub.args.map(unshield), ...rest];
      typed = sub.opts();
      switches = new Set(Object.keys(typed));
      // "help me understand this" is a prompt like any other.
      if (command === 'help' && operands.length > 1) [command, operands] = ['run', ['help', ...sub.args.map(unshield)]];
    });
    if (row.name === 'help') sub.allowExcessArguments();
  }

  const [word] = own;
  try {
    program.parse(own.map(shield), { from: 'user' });
  } catch (error) {
    const named = COMMANDS.find(({ name }) => name === word)?.name;
    throw error instanceof CommanderError && error.exitCode !== 0
      ? asUsage(error, asPrompt ? undefined : named)
      : error;
  }
  if (command !== chosen && ownSpellings(command).size > 0) return parseWith(matters, argv, output, command);
  typed = { ...typed, ...program.opts() };
  return {
    command,
    // Claude does so too, but takes the first of several words alone (2.1.197, 2.1.332).
    operands: asPrompt ? [...operands, ...rest] : operands,
    flags: {
      ...flagsOf(typed, declared),
      // Whoever asks for redaction gets it, whatever the environment says; true alone is commander's default.
      ...(typed['redact'] === true && program.getOptionValueSource('redact') === 'cli' ? { noRedact: false } : {}),
    },
    config: typeof typed['config'] === 'string' ? typed['config'] : undefined,
    print: asPrompt,
    version: typed['version'] === true,
    passThrough: asPrompt || command !== 'run' ? [] : rest,
    switches,
  };
}

/** Finds `-p`, which may stand among other flags that take no value: `-cp`. */
function isPrint(options: readonly Option[]): (argument: string) => boolean {
  const alone = options.filter(({ required, optional }) => !required && !optional);
  const cluster = new RegExp(`^-[${alone.map(({ short }) => short?.slice(1) ?? '').join('')}]*p`);
  return (argument) => argument === '--print' || cluster.test(argument);
}

function asUsage(error: CommanderError, command: string | undefined): SluiceError {
  const text = error.message
    .replace(/^error: /, '')
    .replace(/\n\(Did you mean (.*?)\?\)/, ' (did you mean $1?)')
    .replace(/\.$/, '');
  const help = command === undefined ? 'sluice --help' : `sluice ${command} --help`;
  return new SluiceError('usage', `${text}; see ${help}`, { cause: error });
}

/** An option as commander has it, by the name it has among ours. */
interface Declared {
  readonly name: string;
  readonly option: Option;
}

const HELP_FLAG = ['-h, --help', 'this text'] as const;

/** Heads the options of a help that does not show all of them. */
const MOST_USED = 'Options, those used most ("sluice help flags" has all):';

/** The options that one command has alone, or for `run` those that all have. */
function optionsOf(command: CommandName, matters: Matters, taken: ReadonlySet<string> = new Set()): Declared[] {
  const rows = OPTIONS.filter(({ commands }) => (command === 'run' ? !commands : commands?.includes(command)));
  const isShort = SHOWN_FLAGS[command] !== undefined;
  return rows
    .filter(({ flags }) => matters(flags))
    .map((row) => ({
      ...row,
      flags: row.flags
        .split(', ')
        .filter((flag) => !taken.has(nameIn(flag)))
        .join(', '),
    }))
    .filter(({ flags }) => flags.includes('--') && matters(flags))
    .map((row) => {
      const option = new Option(row.flags, isShort ? briefly(row.help) : describeOption(row));
      if (row.repeated === true) option.argParser(collect);
      return { name: row.name, option: isShort ? option : option.helpGroup(`${row.group}:`) };
    });
}

/** How the flags are spelled that a command has alone. */
function ownSpellings(command: CommandName): ReadonlySet<string> {
  if (command === 'run') return new Set();
  const own = OPTIONS.filter(({ commands }) => commands?.includes(command));
  return new Set(own.flatMap(({ flags }) => flags.split(', ').map(nameIn)));
}

function nameIn(flag: string): string {
  return flag.replace(/ .*/s, '');
}

/** The options that help shows: those that are used most, in the order of their list, or all where there is none. */
function shownOptions(command: Command): Option[] {
  const visible = new Help().visibleOptions(command);
  const flags = SHOWN_FLAGS[command.parent === null ? 'run' : command.name()];
  if (flags === undefined) return visible;
  return flags.flatMap((flag) => visible.filter(({ long }) => long === flag));
}

/** Help without the blank line behind its first, where all of it is to fit on a screen. */
function closedUp(command: Command, helper: Help): string {
  const text = Help.prototype.formatHelp.call(helper, command, helper);
  return command.parent === null ? text.replace('\n\n', '\n') : text;
}

function shorthands(matters: Matters): Option[] {
  return SHORTHANDS.filter(({ flags }) => matters(flags)).map((row) => {
    const option = new Option(row.flags, 'help' in row ? briefly(row.help) : '');
    return 'choices' in row ? option.choices(row.choices) : option;
  });
}

/** Stands before an argument that begins with `-` and is no flag; no argument can hold it. */
const SHIELD = '\u0000';

/** An argument with a blank in it is no flag, whatever it begins with, unless the blank is in a flag's value. */
function shield(argument: string): string {
  return /^-(?!-[\w-]+=).*\s/s.test(argument) ? SHIELD + argument : argument;
}

function unshield(argument: string): string {
  return argument.startsWith(SHIELD) ? argument.slice(1) : argument;
}

function unshieldValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unshieldValue);
  return typeof value === 'string' ? unshield(value) : value;
}

/** Gathers the values of a flag that may be repeated. */
function collect(value: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), value];
}

/** The one format that is asked for, in whatever spelling. */
function formatOf(typed: Readonly<Record<string, unknown>>, output: unknown): unknown {
  const asked = [
    ['--output', output],
    ['--json', typed['json'] === true ? 'json' : undefined],
    ['--ndjson', typed['ndjson'] === true ? 'ndjson' : undefined],
    ['--output-format', typed['outputFormat']],
  ].filter(([, format]) => format !== undefined);
  const formats = new Set(asked.map(([, format]) => format));
  if (formats.size > 1) {
    const flags = asked.map(([flag]) => flag).join(' and ');
    throw new SluiceError('usage', `${flags} ask for different outputs; leave all but one out`);
  }
  return [...formats][0];
}

/** By option name; commander names options after their flags and turns `--no-x` into an `x` that is false. */
function flagsOf(typed: Readonly<Record<string, unknown>>, declared: readonly Declared[]): Record<string, unknown> {
  const flags: Record<string, unknown> = {};
  for (const { name, option } of declared) {
    const value = typed[option.attributeName()];
    if (option.negate ? value === false : value !== undefined)
      flags[name] = option.negate ? true : unshieldValue(value);
  }
  const format = formatOf(typed, flags['output']);
  if (format !== undefined) flags['output'] = format;
  if (typed['cache'] === false) flags['cache'] = 0;
  if (typed['history'] === false) flags['history'] = false;
  if (typed['http'] === true) flags['mcpTransport'] ??= 'streamable-http';
  return flags;
}
