import type { ElicitRequestFormParams } from '@modelcontextprotocol/server';
import type { Decision, ToolCall } from '../../../run.ts';
import type { Caller } from '../../caller.ts';

/** Characters of a call that a client can be expected to show; a longer one is denied. */
const MOST_SHOWN = 20_000;

/**
 * Columns of a message that Claude Code is sure to show, in a window 80 columns wide: it cuts what takes more than three
 * rows, of 76, and breaks them between words (2.1.332). Its user would say yes to what is behind the cut.
 */
const SURELY_SHOWN = 150;

/** Who is asked, as calls of tools are answered by it. */
export function clientOf({ client, subject }: Caller): string {
  return client ?? subject;
}

/** Why nobody is asked about a call; null where somebody can be. @param client who would be asked */
export function unshowable({ shown }: ToolCall, client: string): Decision | null {
  if (cuts(client) && columnsOf(onOneLine(shown)) > SURELY_SHOWN) {
    const message = `${client} would show its user no more than the beginning of this call, so nobody was asked; a shorter one can be`;
    return { behavior: 'deny', message };
  }
  if (shown.length <= MOST_SHOWN) return null;
  return { behavior: 'deny', message: 'the call is too long to be shown to anybody' };
}

/** What a client shows its user of a call of a tool. */
export function approvalForm({ shown, digest }: ToolCall, client: string): ElicitRequestFormParams {
  return {
    mode: 'form',
    message: cuts(client) ? `${onOneLine(shown)}\n\n${digest}` : `Claude asks to use ${shown}\n\n${digest}`,
    requestedSchema: {
      type: 'object',
      properties: { allow: { type: 'boolean', title: 'Allow this call', default: false } },
      required: ['allow'],
    },
  };
}

/**
 * The decision in a form that came back.
 * @param client who answers; one that has nobody to ask says `cancel` at once, as `claude -p` does (2.1.197, 2.1.332)
 */
export function decisionOf(
  { action, content }: { readonly action: string; readonly content?: Readonly<Record<string, unknown>> | undefined },
  client: string,
): Decision {
  if (action === 'accept' && content?.['allow'] === true) return { behavior: 'allow', by: client };
  const message = action === 'cancel' ? 'the question was closed without an answer' : 'the user said no';
  return { behavior: 'deny', message, by: client };
}

function cuts(client: string): boolean {
  return client.startsWith('claude-code ');
}

/** A call with one space in place of each end of a line: those of its texts are escaped. */
function onOneLine(shown: string): string {
  return shown.replaceAll(/\n */g, ' ');
}

/** How many columns of a terminal a text takes, at most. */
function columnsOf(text: string): number {
  return Array.from(text, (character) => (character > '~' ? 2 : 1)).reduce((sum: number, one) => sum + one, 0);
}
