import { nearest } from '../nearest.ts';

/**
 * Names that some version of claude has or had for its own tools (1.0.128 to 2.1.332): in one that lacks such a tool, who
 * permits or denies it has mistyped nothing.
 */
export const TOOL_NAMES: readonly string[] = (
  'Agent AgentOutputTool AskUserQuestion Bash BashOutput Brief CronCreate CronDelete CronList Edit EnterPlanMode ' +
  'EnterWorktree ExitPlanMode ExitWorktree Glob Grep KillBash KillShell ListAgents ListMcpResourcesTool LS LSP Monitor ' +
  'MultiEdit NotebookEdit NotebookRead PowerShell Read ReadMcpResourceTool REPL ReportFindings ScheduleWakeup SendMessage ' +
  'SendUserMessage Skill SlashCommand StructuredOutput Task TaskCreate TaskGet TaskList TaskOutput TaskStop TaskUpdate ' +
  'TodoRead TodoWrite ToolSearch WebFetch WebSearch Workflow Write'
).split(' ');

/** The one that only gives an answer the shape of a schema. */
export const STRUCTURED_OUTPUT = 'StructuredOutput';

/**
 * Tools that change nothing but what claude itself has in mind, and may be used twice. Subagents and skills use others for
 * what they do, and those are told as well.
 */
const READING: ReadonlySet<string> = new Set(
  (
    'Agent AgentOutputTool AskUserQuestion BashOutput Brief EnterPlanMode ExitPlanMode Glob Grep ListAgents ' +
    'ListMcpResourcesTool LS LSP NotebookRead Read ReadMcpResourceTool ReportFindings SendUserMessage Skill SlashCommand ' +
    'StructuredOutput Task TaskCreate TaskGet TaskList TaskOutput TaskUpdate TodoRead TodoWrite ToolSearch WebFetch WebSearch'
  ).split(' '),
);

/** Whether a tool may write: all do that are not known to do no such thing. */
export function mayWrite(tool: string): boolean {
  return !READING.has(tool);
}

/** Under which name claude lists a tool that has another one too. */
const LISTED_AS: ReadonlyMap<string, string> = new Map([
  ['Agent', 'Task'],
  ['AgentOutputTool', 'TaskOutput'],
  ['BashOutput', 'TaskOutput'],
  ['Brief', 'SendUserMessage'],
  ['KillBash', 'TaskStop'],
  ['KillShell', 'TaskStop'],
]);

/** The name in a permission rule such as `Bash(git log:*)`. */
export function toolOf(rule: string): string {
  return rule.replace(/\(.*/s, '').trim();
}

/** Whether a tool is among those that claude lists, maybe under another name. */
export function isListed(name: string, tools: readonly string[]): boolean {
  return tools.includes(name) || tools.includes(LISTED_AS.get(name) ?? name);
}

/** The name that was probably meant, in brackets, or nothing. */
export function meantBy(name: string, tools: readonly string[]): string {
  const meant = nearest(name, [...tools, ...TOOL_NAMES]);
  return meant === undefined || meant === name ? '' : ` (${meant}?)`;
}
