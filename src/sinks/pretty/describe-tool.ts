import { isRecord } from '../../is-record.ts';
import { clipLines, type FirstLines } from './first-lines.ts';

/** The fields of a tool's input that tell most, in the order in which they are shown. */
const TELLING: ReadonlyMap<string, readonly string[]> = new Map([
  ['Bash', ['command']],
  ['BashOutput', ['bash_id']],
  ['KillShell', ['shell_id']],
  ['Monitor', ['command']],
  ['Read', ['file_path']],
  ['Write', ['file_path']],
  ['Edit', ['file_path']],
  ['MultiEdit', ['file_path']],
  ['NotebookEdit', ['notebook_path']],
  ['Glob', ['pattern', 'path']],
  ['Grep', ['pattern', 'path', 'glob']],
  ['LS', ['path']],
  ['Agent', ['description']],
  ['Task', ['description']],
  ['TaskCreate', ['subject']],
  ['TaskUpdate', ['taskId', 'status']],
  ['TaskOutput', ['task_id']],
  ['TaskStop', ['task_id']],
  ['WebFetch', ['url']],
  ['WebSearch', ['query']],
  ['web_search', ['query']],
  ['web_fetch', ['url']],
  ['code_execution', ['code']],
  ['bash_code_execution', ['command']],
  ['ToolSearch', ['query']],
  ['Skill', ['skill', 'command', 'args']],
  ['SlashCommand', ['command']],
  ['ExitPlanMode', ['plan']],
]);

/** What a tool is called with, in so far as one line can tell; compact JSON for a tool that is not known here. */
export function describeInput(name: string, input: unknown): string {
  if (!isRecord(input)) return input === undefined ? '' : JSON.stringify(input);
  const told = (TELLING.get(name) ?? []).map((field) => input[field]).filter((value) => typeof value === 'string');
  if (told.length > 0) return told.join(' ');
  return Object.keys(input).length === 0 ? '' : JSON.stringify(input);
}

/** Whether a call asks to be run in the background. */
export function runsInBackground(input: unknown): boolean {
  return isRecord(input) && input['run_in_background'] === true;
}

/** Whether a tool hands work to a subagent: `Task` is its old name. */
export function spawnsSubagent(name: string): boolean {
  return name === 'Agent' || name === 'Task';
}

/** The text of a tool's result, one of the API's own tools too; what is no text is named in brackets. */
export function describeResult(name: string, content: unknown): string {
  const text = unwrapError(textOf(content));
  return spawnsSubagent(name) ? unwrapReport(text) : text;
}

function textOf(content: unknown): string {
  if (content === undefined || content === null) return '';
  return Array.isArray(content) ? content.map(textOf).join('\n') : blockText(content);
}

/** The first lines of a result, clipped to a few; blank lines tell nothing and are left out. */
export function firstLinesOf(
  output: string,
  failed: boolean,
  most = failed ? FAILURE_LINES : RESULT_LINES,
): FirstLines {
  return clipLines(
    output
      .replace(/^\s*\n/, '')
      .trimEnd()
      .replaceAll(/\n(?:[ \t\r]*\n)+/g, '\n'),
    most,
  );
}

const RESULT_LINES = 3;
/** Of a failure more is worth reading. */
const FAILURE_LINES = 6;

function unwrapError(text: string): string {
  return /^<tool_use_error>([^]*)<\/tool_use_error>$/.exec(text)?.[1] ?? text;
}

/** Claude frames what a subagent reports with words for the model alone. */
function unwrapReport(text: string): string {
  const report = text.replace(/^\s*(?:<tools-used[^\n]*\n\s*)?\[Subagent hand-back\][^\n]*\n/, '');
  const trailer = report.lastIndexOf('\nagentId: ');
  return (trailer === -1 ? report : report.slice(0, trailer)).trim();
}

function blockText(block: unknown): string {
  if (typeof block === 'string') return block;
  if (!isRecord(block)) return JSON.stringify(block);
  const told = TOLD.map((tell) => tell(block)).find((text) => text !== null);
  if (told != null) return told;
  return typeof block['type'] === 'string' ? `[${block['type']}]` : JSON.stringify(block);
}

/** What tells most of a block, of whichever tool (Messages API): text, pages found or read, output, tools, an error. */
const TOLD: readonly ((block: Readonly<Record<string, unknown>>) => string | null)[] = [
  ({ text }) => asText(text),
  ({ title, url }) =>
    asText(title) === null ? asText(url) : [title, asText(url) && `(${String(url)})`].filter(Boolean).join(' '),
  ({ stdout, stderr }) => {
    const output = [stdout, stderr].filter((text) => typeof text === 'string' && text !== '');
    return asText(stdout) === null && asText(stderr) === null ? null : output.join('\n');
  },
  ({ tool_name }) => asText(tool_name),
  ({ tool_references }) => (Array.isArray(tool_references) ? textOf(tool_references) : null),
  ({ error_message, error_code }) => asText(error_message) ?? asText(error_code),
  ({ content }) => (typeof content === 'string' || Array.isArray(content) ? textOf(content) : null),
];

function asText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
