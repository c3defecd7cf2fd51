import type { Call } from '../claude/approvals.ts';

/** A call of a tool that claude may make only if somebody says so. */
export interface ToolCall extends Call {
  /** As of a {@link Call}, with secrets masked and nothing in it that acts on a terminal. */
  readonly reason: string | null;
  /**
   * All of it as it can be shown to people, never clipped: the tool, and its input as JSON, with secrets masked, and
   * nothing in it acts on a terminal.
   */
  readonly shown: string;
}
