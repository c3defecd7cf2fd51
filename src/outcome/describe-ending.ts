import { ownName, type Wording, worded } from '../errors.ts';
import { shellWord } from '../shell-word.ts';
import { describeWait } from './describe-wait.ts';
import type { Evidence } from './evidence.ts';
import type { OutcomeClass } from './classes.ts';
import { areFindings, countLevels, describeCounts, describeFlaw, flawOf } from './findings.ts';
import { rejectionIn, saidNothing } from './rejection.ts';
import { shortcomingsOf } from './shortcomings.ts';
import { schemaProblem } from './unmet.ts';
import { shorten } from '../shorten.ts';

/** What is said of a file that is to be shown again and can't be. */
export const NO_RECORDING = 'this is neither a recording nor what claude prints as stream-json';

/** Why a run ended whose output nobody reads any more. */
export const READER_GONE = 'the reader of the output went away';

/**
 * One line for people about how a run ended: what happened, in claude's words where it has any, and the next step.
 * @param retryAfter how many seconds to wait before another try, where that is known
 */
export function describeEnding(outcome: OutcomeClass, evidence: Evidence, retryAfter?: number): string {
  const { facts, fault, stderr, stopDetail, nameOption: name = ownName } = evidence;
  if (fault !== null) return fault.message;
  const error = facts.result?.errors?.find((each) => !each.startsWith('[ede_diagnostic]'));
  const said = oneLine(facts.result?.is_error ? facts.result.result || facts.notice || (error ?? '') : facts.notice);
  const complaint = oneLine(error ?? (REJECTED.has(outcome) ? rejectionIn(stderr) : lastLine(stderr)));
  switch (outcome) {
    case 'success':
      return 'done';
    case 'failed':
      return said || complaint || 'the run failed';
    case 'refused':
      return said || 'the model refused';
    case 'invalid_request':
      return `${said || 'the API rejected the request'}${schemaHint(said, evidence)}`;
    case 'prompt_too_long':
      return also(said || 'the prompt is too long', 'send less, or condense it first');
    case 'schema_unmet':
      return complaint || missingTool(evidence) || offSchema(evidence);
    case 'not_run':
      return said || oneLine(facts.result?.result ?? '') || 'no model call was made';
    case 'usage':
      if (evidence.stoppedBy === 'unmet')
        return oneLine(worded(stopDetail ?? 'claude was about to do something else', name));
      return evidence.exit === null
        ? NO_RECORDING
        : `claude rejected the run: ${complaint || 'no reason given'}${wayBack(evidence)}`;
    case 'claude_not_found':
      return `what was started does not behave like a claude that sluice can use${complaint && `: ${complaint}`}; update it or pass ${name('claudePath', 'PATH')}`;
    case 'auth':
      return withLogin(said || (facts.init === null ? complaint : '') || 'authentication failed');
    case 'billing':
      return said || 'billing problem at the API';
    case 'max_turns':
      return also(complaint || 'the limit of turns was reached', `raise ${name('maxTurns')} or resume the session`);
    case 'max_budget':
      return also(complaint || 'the budget was spent', `raise ${name('maxBudgetUsd')} or resume the session`);
    case 'crashed':
      if (saidNothing(evidence)) return `claude ended without a word${ending(evidence)}${SILENCE}`;
      return `claude ended without a result${ending(evidence)}${complaint && `: ${complaint}`}`;
    case 'truncated':
      return facts.damagedLines > 0
        ? "a line of claude's output was damaged; messages are missing"
        : `the output of claude was cut${facts.result === null ? '' : ' after its result'}${ending(evidence)}`;
    case 'denied':
      return `a tool call was not permitted; permit it with ${name('allowedTools')}`;
    case 'incomplete':
      return oneLine(worded(stopDetail ?? shortcoming(evidence), name));
    case 'findings':
      return `${describeFindings(facts.result?.structured_output)} found; ${name('failOnFindings')} lets none of it pass`;
    case 'internal':
      return 'sluice failed';
    case 'output_error':
      return worded(stopDetail ?? 'the output could not be written', name);
    case 'rate_limited':
      return also(
        said || 'the API limits the rate of requests',
        retryAfter === undefined ? UNTOLD_WAIT : refusedWait(evidence),
      );
    case 'overloaded':
      return also(said || 'the API is overloaded', refusedWait(evidence));
    case 'api_error':
      return also(said || 'the API failed', refusedWait(evidence));
    case 'network':
      return also(said || 'the API could not be reached', refusedWait(evidence));
    case 'locked':
      return 'another run has the lock';
    case 'timeout':
      return `the time limit was reached (${name('timeout')})`;
    case 'stalled':
      return worded(stopDetail ?? 'nothing happened for too long', name);
    case 'interrupted':
      return interruption(evidence);
    default:
      return outcome satisfies never;
  }
}

/** The first thing that is lacking for which the run fails. */
function shortcoming(evidence: Evidence): Wording {
  const { failOn } = evidence.asked;
  const found = shortcomingsOf(evidence).find(({ failsOn }) => failsOn === 'always' || failOn.includes(failsOn));
  return found?.text ?? 'something of what was asked was not done';
}

/** The API speaks of a tool's input where it means the schema of an answer. */
function schemaHint(said: string, { asked, nameOption: name = ownName }: Evidence): string {
  return asked.schema && said.includes('input_schema')
    ? `; if that is ${name('jsonSchema')}: it has to be an object, with no anyOf, oneOf or allOf at its root`
    : '';
}

/** Where a session is to be gone on with that claude did not find. */
function wayBack({ sessionFolder, nameOption: name = ownName }: Evidence): string {
  if (sessionFolder == null) return '';
  const folder = oneLine(sessionFolder);
  return `; it belongs to ${folder}: run it there, or pass ${name('cwd', shellWord(folder))}`;
}

function missingTool({ facts: { init, result }, asked, nameOption }: Evidence): string | null {
  const problem = init === null || result?.structured_output !== undefined ? null : schemaProblem(init, asked);
  return problem === null ? null : worded(problem, nameOption);
}

/** What an answer is not that there is. */
function offSchema({ facts: { result }, asked, nameOption: name = ownName }: Evidence): string {
  const option = asked.findings === true ? 'findings' : 'jsonSchema';
  const flaw = asked.findings === true || asked.failOnFindings !== undefined ? flawOf(result?.structured_output) : null;
  if (result?.structured_output === undefined || flaw === null) return `the answer does not meet ${name(option)}`;
  return `${describeFlaw(flaw)}; ask for one with ${name('findings')}`;
}

function describeFindings(answer: unknown): string {
  return describeCounts(countLevels(areFindings(answer) ? answer.findings : []));
}

/** A sentence, and what comes of it. */
function also(sentence: string, next: string): string {
  return next === '' ? sentence : `${sentence.replace(/\.$/, '')}; ${next}`;
}

/** The classes of a claude that says on stderr why it does not start. */
const REJECTED: ReadonlySet<OutcomeClass> = new Set(['usage', 'auth']);

/** A proxy that is no URL leaves 2.1.197 without a word. */
const SILENCE = '; see whether "claude -p hi" says more there, and look at HTTPS_PROXY and its settings';

/** Says how to log in, where claude itself does not say what helps. */
function withLogin(reason: string): string {
  const helps = /\bclaude auth\b|\bunset\b|\badmin(?:istrator)?\b|\bcredentials\b|\bregion\b|\bcountry\b/i.test(reason);
  return helps ? reason : also(reason, 'set ANTHROPIC_API_KEY or log in with "claude"');
}

/** Claude passes on no `Retry-After` of a plain 429 (2.1.197, 2.1.332). */
const UNTOLD_WAIT = 'how long to wait is not told';

/** What claude would have waited for, had we let it. */
function refusedWait({ facts, stoppedBy, nameOption: name = ownName }: Evidence): string {
  const refused = stoppedBy === 'hopeless' ? facts.attempts.at(-1) : undefined;
  if (refused === undefined) return '';
  const limits = `${name('retryMaxWait')} or ${name('timeout')}`;
  return `the next try is ${describeWait(refused.delayMs)} away, further than ${limits} allows`;
}

function interruption(evidence: Evidence): string {
  const { stoppedBy, stopDetail, nameOption: name = ownName } = evidence;
  if (stoppedBy === 'reader_gone') return READER_GONE;
  return stoppedBy === null ? `interrupted${ending(evidence)}` : worded(stopDetail ?? `stopped by ${stoppedBy}`, name);
}

/** What ends a program that is given no more memory: by its own hand, or by the system's. */
const OUT_OF_ROOM = ['SIGABRT', 'SIGTRAP', 'SIGSEGV', 'SIGKILL'];

function ending({ exit, asked, nameOption: name = ownName }: Evidence): string {
  if (exit === null) return '';
  if (exit.signal === 'SIGXCPU')
    return ` (SIGXCPU: all its processor time was spent, ${name('maxCpuTime')} or "ulimit -t")`;
  if (asked.resourceLimits === true && OUT_OF_ROOM.includes(exit.signal ?? ''))
    return ` (${exit.signal}: it may have come to a resource limit, ${name('maxMemory')} or ${name('maxProcesses')})`;
  if (exit.signal === 'SIGXFSZ') return ' (SIGXFSZ: a file reached the limit of its size, "ulimit -f")';
  if (exit.signal !== null) return ` (${exit.signal})`;
  return exit.code === null ? '' : ` (exit code ${exit.code})`;
}

function lastLine(text: string): string {
  const lines = text.split('\n').filter((line) => /\S/.test(line) && !/^\s+at /.test(line));
  const told = lines.findIndex((line) => /^(?:error|Error)\b/.test(line));
  if (told === -1) return lines.at(-1) ?? '';
  // The reason may stand on the line below.
  return lines.slice(told, lines[told]?.trimEnd().endsWith(':') ? told + 2 : told + 1).join(' ');
}

function oneLine(text: string): string {
  return shorten(text.replaceAll(/\s+/g, ' ').trim(), 500);
}
