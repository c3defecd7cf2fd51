import { CommanderError } from 'commander';
import { SluiceError } from '../../errors.ts';
import { page } from '../../help/pager.ts';
import { isTopic, readTopic, TOPICS, type TopicName } from '../../help/topics.ts';
import { unwrap } from '../../help/unwrap.ts';
import { nearest } from '../../nearest.ts';
import { aligned } from '../../sinks/pretty/aligned.ts';
import { colorLevel } from '../terminal/color-level.ts';
import type { Io } from '../io.ts';
import { COMMANDS } from './commands.ts';
import { type Invocation, parseArguments } from '../program.ts';

/**
 * Explains a topic, rendered and paged on a terminal, as Markdown anywhere else; without one it lists them, and of a
 * command that is no topic it shows the flags. Configuration is not read: help is there also where that is wrong.
 * Returns the exit code.
 */
export async function helpCommand({ operands, flags }: Invocation, io: Io): Promise<number> {
  const [name] = operands;
  if (name === undefined) await io.stdout.write(listOfTopics());
  else if (isTopic(name)) await (io.stdout.isTTY ? showOnTerminal(name, flags['color'], io) : print(name, io));
  else if (COMMANDS.some((command) => command.name === name)) showFlagsOf(name, io);
  else throw unknownTopic(name);
  await io.stdout.flush();
  return 0;
}

function listOfTopics(): string {
  const rows: readonly (readonly [string, { readonly about: string }])[] = Object.entries(TOPICS);
  const lines = aligned(rows.map(([name, { about }]) => ['', name, about]));
  return `Usage: sluice help TOPIC\n\nTopics:\n${lines.join('\n')}\n\n${ELSEWHERE}\n`;
}

const [SOME, OTHERS] = [COMMANDS.slice(0, COMMANDS.length / 2), COMMANDS.slice(COMMANDS.length / 2)].map((commands) =>
  commands.map(({ name }) => name).join(', '),
);

const ELSEWHERE = `"sluice --help" has the flags that are used most.
"sluice COMMAND --help" explains a command:
${SOME},
${OTHERS}.`;

async function print(name: TopicName, io: Io): Promise<void> {
  await io.stdout.write(await readTopic(name));
}

/** Columns that prose is easy to read in. */
const WIDEST = 100;

async function showOnTerminal(name: TopicName, color: unknown, io: Io): Promise<void> {
  const [{ createMarkdownFlow }, { createPaint }] = await Promise.all([
    import('../../sinks/pretty/markdown/markdown-flow.ts'),
    import('../../sinks/pretty/theme.ts'),
  ]);
  const columns = Math.min(io.stdout.columns(), WIDEST) - 1;
  const paint = createPaint(colorLevel(typeof color === 'string' ? color : 'auto', io.env, true));
  // A command line is to be copied from here: the terminal wraps it without breaking it.
  const whole = (): number => Number.POSITIVE_INFINITY;
  const flow = createMarkdownFlow(paint, () => columns, whole);
  const lines = [...flow.push(unwrap(await readTopic(name))), ...flow.end()];
  const text = `${lines.join('\n')}\n`;
  const rows = io.stdout.rows?.() ?? 0;
  const fits = rows === 0 || lines.length < rows;
  // Ctrl-C belongs to the pager for as long as it is there.
  const unlisten = io.onSignal(() => {});
  try {
    if (fits || !(await page(text, io.env))) await io.stdout.write(text);
  } finally {
    unlisten();
  }
}

function showFlagsOf(command: string, io: Io): void {
  try {
    parseArguments([command, '--help'], { out: (text) => void io.stdout.write(text), columns: io.stdout.columns() });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
  }
}

function unknownTopic(name: string): SluiceError {
  const meant = nearest(name, [...Object.keys(TOPICS), ...COMMANDS.map((command) => command.name)]);
  const hint = meant === undefined ? '"sluice help" lists what there is.' : `did you mean "${meant}"?`;
  return new SluiceError('usage', `there is no help on "${name}"; ${hint} To ask it: sluice -p help ${name}`);
}
