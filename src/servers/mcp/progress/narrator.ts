import { countTurns } from '../../../outcome/count-turns.ts';
import type { RunEvent } from '../../../messages/types.ts';
import { defuseCommands } from '../../../sinks/safe-text.ts';
import type { Entry } from '../../../sinks/pretty/entry.ts';
import { headlineOf } from '../../../sinks/pretty/headline.ts';
import type { Tone } from '../../../sinks/pretty/notice.ts';
import { type StyledLine, renderLine } from '../../../sinks/pretty/spans.ts';
import { createPaint } from '../../../sinks/pretty/theme.ts';
import { createTranscript } from '../../../sinks/pretty/transcript.ts';
import type { McpLogLevel } from '../incoming/envelope.ts';

/** One line about what happened, safe to show, and how much it matters. */
export interface Telling {
  readonly level: McpLogLevel;
  readonly text: string;
}

/** Tells what happens in a run as one reads it on a terminal, but in single lines. */
export interface Narrator {
  /** Most events are one line or none. */
  see(event: RunEvent): readonly Telling[];
  /** How often the model has answered so far. */
  turns(): number;
}

/** Columns of a line. */
const COLUMNS = 200;

const paint = createPaint(0);

export function createNarrator(): Narrator {
  const transcript = createTranscript({ showThinking: false, showSystem: true });
  const counter = countTurns();

  return {
    see(event) {
      counter.see(event.message);
      return transcript.see(event).flatMap((entry) => {
        const text = oneLineOf(entry);
        return text === '' ? [] : [{ level: levelOf(entry), text }];
      });
    },
    turns: counter.turns,
  };
}

/** A foreign text on one line, safe to show, and clipped. */
export function lineOf(text: string): string {
  return render([['plain', text]]);
}

function oneLineOf(entry: Entry): string {
  if (entry.kind === 'text' || entry.kind === 'thinking') return lineOf(entry.text);
  return render(headlineOf(entry, true));
}

/** UTF-16 units that are looked at: measuring a text costs far more than cutting it. */
const LOOKED_AT = 4 * COLUMNS;

function render(whole: StyledLine): string {
  const line: StyledLine = whole.map(([ink, text]) => [ink, text.slice(0, LOOKED_AT)]);
  return defuseCommands(renderLine(line, COLUMNS, paint)).trim();
}

function levelOf(entry: Entry): McpLogLevel {
  if (entry.kind === 'facts') return 'info';
  return entry.kind === 'notice' ? LEVELS[entry.tone] : 'debug';
}

const LEVELS: Readonly<Record<Tone, McpLogLevel>> = {
  minor: 'info',
  note: 'notice',
  good: 'notice',
  retry: 'warning',
  warning: 'warning',
  bad: 'error',
};
