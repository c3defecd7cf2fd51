/** A permission rule of claude: a tool, or some uses of it. */
export interface ToolRule {
  /** The rule as claude reads it. */
  readonly text: string;
  readonly tool: string;
  /** What stands in the parentheses; null for the whole tool. */
  readonly content: string | null;
}

/** One tool name, with at most one pair of parentheses: claude ends a rule at the first that closes. */
const RULE = /^([A-Za-z][\w-]*)(?:\(([^()\p{Cc}]+)\))?$/u;

/** Commands that a shell takes for nothing but one program and its arguments. */
const PLAIN_COMMAND = /^[\w ./:=@+,-]+$/;

/** How a rule says: and whatever follows. */
const OPEN_END = /(?::\*| \*)$/;

/** Tools that only read files, and those that write them, as claude names them. */
const READING = ['Read', 'Grep', 'Glob', 'LS', 'NotebookRead'];
const WRITING = ['Edit', 'MultiEdit', 'Write', 'NotebookEdit'];

/** A rule from its text, or null for what is none. */
export function toolRule(text: string): ToolRule | null {
  const [, tool, content] = RULE.exec(text) ?? [];
  return tool === undefined ? null : { text, tool, content: content ?? null };
}

/** The permission that stands for a tool's work on files, `Read` or `Edit`; null for tools that do none. */
export function filePermissionOf(tool: string): 'Read' | 'Edit' | null {
  if (READING.includes(tool)) return 'Read';
  return WRITING.includes(tool) ? 'Edit' : null;
}

/** The server that a tool belongs to, as `mcp__server`; null for a tool that is built in. */
export function mcpServerOf(tool: string): string | null {
  return /^mcp__(?:(?!__).)+/.exec(tool)?.[0] ?? null;
}

/** What is wrong with a rule that is an {@link isIdleFence}. */
export const IDLE_FENCE =
  'claude reads all of the folder it works in, whatever such a rule says; name a narrower folder';

/** Whether a rule looks as if it kept a file tool in a place, which none does: it says what needs no permission. */
export function isIdleFence({ tool, content }: ToolRule): boolean {
  return content !== null && filePermissionOf(tool) !== null;
}

/** Whether what the text of one rule allows is no more than another one does; see {@link isCovered}. */
export function isCoveredBy(asked: string, allowed: string): boolean {
  const rule = toolRule(asked);
  return rule !== null && isCovered(rule, ruleAsIs(allowed));
}

/** A rule whatever its text is: what is none stands for itself alone. */
export function ruleAsIs(text: string): ToolRule {
  return toolRule(text) ?? { text, tool: text.replace(/\(.*/s, ''), content: text };
}

/** Whether what one rule allows is no more than another one does. What cannot be told is more. */
export function isCovered(asked: ToolRule, allowed: ToolRule): boolean {
  if (asked.text === allowed.text) return true;
  if (allowed.content === null) return isOf(asked.tool, allowed.tool);
  if (asked.tool !== allowed.tool || asked.content === null || asked.tool !== 'Bash') return false;
  if (!OPEN_END.test(allowed.content)) return false;
  const prefix = allowed.content.replace(OPEN_END, '');
  const command = asked.content.replace(OPEN_END, '');
  if (!PLAIN_COMMAND.test(command) || !PLAIN_COMMAND.test(prefix)) return false;
  return command === prefix || command.startsWith(`${prefix} `);
}

function isOf(asked: string, allowed: string): boolean {
  return (
    asked === allowed ||
    (allowed === mcpServerOf(allowed) && asked.startsWith(`${allowed}__`) && !asked.startsWith(`${allowed}___`))
  );
}
