import { type NameOption, ownName, type Wording, worded } from '../errors.ts';
import type { Aftermath, Evidence } from './evidence.ts';
import { deniedCount } from './facts.ts';
import { idleDenials, idlePermissions } from './idle-rules.ts';
import { serverWarnings } from './server-warnings.ts';
import { shortcomingsOf } from './shortcomings.ts';
import { stderrNotes } from './stderr-notes.ts';
import { unmetBy } from './unmet.ts';
import { listed, numbered } from './words.ts';

/**
 * What went wrong without deciding the outcome, one line each.
 * @param message what is said of the outcome, and need not be said twice
 */
export function warningsOf(evidence: Evidence, message: string): string[] {
  const {
    facts,
    exit,
    stderr,
    stoppedBy,
    aftermath,
    remarks = [],
    servers = UNHEARD,
    nameOption: name = ownName,
  } = evidence;
  const { result } = facts;
  const denied = deniedCount(facts);
  const tools = [...new Set(result?.permission_denials?.map((denial) => denial.tool_name))].join(', ');
  const answered = result?.subtype === 'success' && !result.is_error;
  return [
    ...remarks,
    ...when(
      denied > 0,
      `${numbered(denied, 'tool call')} denied${tools && ` (${tools})`}; allow with ${name('allowedTools')}`,
    ),
    ...shortcomingsOf(evidence)
      .map(({ text }) => worded(text, name))
      .filter((text) => text !== message),
    ...notAsAsked(evidence),
    ...(facts.init === null ? [] : serverWarnings(facts.init, servers, name)),
    ...facts.fallbacks,
    ...when(facts.failedHooks.length > 0, `hooks failed: ${facts.failedHooks.join(', ')}`),
    ...when(
      facts.badLines > 0 && facts.messages > 0,
      `${numbered(facts.badLines, 'line')} of claude's output could not be read`,
    ),
    ...when(answered && !result.result && facts.answer === '' && facts.notice === '', 'the answer is empty'),
    ...when(result?.stop_reason === 'pause_turn', 'the model paused its turn; resume the session to go on'),
    ...when(stoppedBy === 'lingering', 'claude did not exit after its result and was stopped'),
    ...(aftermath === undefined ? [] : leftBehind(aftermath, name)),
    ...when(
      answered && stoppedBy === null && exit !== null && exit.code !== 0,
      `claude ended with ${exit?.signal ?? `exit code ${exit?.code}`} after its result`,
    ),
    // What is said where there is no result explains that.
    ...(result === null && stoppedBy === null ? [] : notesOn(stderr, message)),
  ];
}

/** What claude said on stderr, but for what it has said in its result as well. */
function notesOn(stderr: string, message: string): string[] {
  return stderrNotes(stderr)
    .filter((note) => !message.includes(note))
    .map((note) => `claude: ${note}`);
}
const UNHEARD = { heard: null, given: [] };

/** What claude let go of, or never had, though it was asked for. */
function notAsAsked({ facts: { init }, asked, stderr, nameOption }: Evidence): string[] {
  if (init === null) return [];
  const unmet = unmetBy(init, asked).filter(({ grave }) => !grave);
  const told: Wording[] = [
    ...unmet.map(({ text }) => text),
    ...idlePermissions(init, asked),
    // 2.1.197 tells of these by itself.
    ...(stderr.includes('matches no known tool') ? [] : idleDenials(init, asked)),
  ];
  return told.map((wording) => worded(wording, nameOption));
}

function leftBehind(aftermath: Aftermath, name: NameOption): string[] {
  const { ended, endedOwn = [], kept, keptOwn = [], left, unseen } = aftermath;
  const keeping = name('keepBackground');
  return [
    ...wereEnded(ended, 'tools', keeping),
    ...wereEnded(endedOwn, 'an MCP server', keeping),
    ...goOn(kept, 'tools', keeping),
    ...goOn(keptOwn, 'an MCP server', keeping),
    ...when(left.length > 0, `${numbered(left.length, 'process', 'processes')} could not be ended (${listed(left)})`),
    ...when(unseen !== undefined, `nothing that tools left running could be found and ended: ${unseen}`),
  ];
}

function wereEnded(names: readonly string[], whose: string, keeping: string): string[] {
  const found = numbered(names.length, 'process', 'processes');
  const warning = `${found} left running by ${whose} and ended (${listed(names)}); keep such with ${keeping}`;
  return when(names.length > 0, warning);
}

function goOn(names: readonly string[], whose: string, keeping: string): string[] {
  const found = numbered(names.length, 'process', 'processes');
  return when(names.length > 0, `${found} left running by ${whose}, as ${keeping} asks (${listed(names)})`);
}

function when(condition: boolean, warning: string): string[] {
  return condition ? [warning] : [];
}
