import type { Level } from '../mine/header.ts';
import { PREFIX } from '../mine/prefix.ts';

/** How much a line has to say about what went wrong: 0 for all that only goes on. */
export type Graveness = 0 | 1 | 2 | 3;

/** What stands before a word that is one, and no part of a name such as `api-error.ts` or `NetworkErrorTest`. */
const BEFORE = String.raw`(?<![\w./\\-]|\b(?:0|no|without) )`;
const AFTER = String.raw`(?![\w/\\-]|\.\w| ?[=:] ?(?:0|null|none|false|nil|"")\b)`;

/** The end of a program, or why: signals, memory, assertions, exit codes, summaries of failure. */
const FATAL = [
  String.raw`${BEFORE}(?:fatal|panic(?:ked)?|segmentation fault|segfault|core dumped|out of memory|oom-?kill(?:ed|er)?|no space left|stack overflow|deadlock|data race|assert(?:ion)? ?(?:failed|error)|unhandled|uncaught|timed out after)${AFTER}`,
  String.raw`\b(?:AssertionError|AssertionFailedError|OutOfMemoryError|OOMKilled|heap out of memory|AddressSanitizer|SIG(?:SEGV|KILL|ABRT|BUS|ILL|FPE|TERM))\b`,
  String.raw`\bexit(?:ed)?(?: with)?(?: (?:code|status))?[: =]+(?!0\b)-?\d+`,
  String.raw`^${PREFIX}(?:FAIL(?:ED|URE)?\b|--- FAIL|E {2,}\S|Caused by: |Traceback \(|not ok |##\[error\]|\s*●|\s*[✕✗✘×] )`,
  String.raw`(?<![\w-])FAILED(?![\w-])|<<< (?:FAILURE|ERROR)!|^BUILD FAIL`,
].join('|');

/** An error in the words of people and compilers. */
const ERROR = [
  String.raw`${BEFORE}(?:errors?|errno|exception|failures?|fail(?:s|ed|ing)?|err!|abort(?:ed|ing)?|crash(?:ed)?|killed|denied|refused|unauthorized|forbidden|corrupt(?:ed)?|invalid|illegal|unreachable|rejected|mismatch|thrown|E:)${AFTER}`,
  String.raw`\berror(?:\[\w+\]| \w{1,4}\d+|:)|[a-z]Error(?:Code)?\b(?!\w|\.\w)|\b[\w$]+Exception\b(?!\w|\.\w)|npm ERR`,
  String.raw`\b(?:cannot|can't|could not|couldn't|unable to|not found|no such|does not exist|doesn't exist|undefined|unresolved|not declared|timed? ?out|not assignable|read[- ]only file|already exists)\b`,
  String.raw`^\s*(?:Expected|Received|expected|actual|left|right)(?: value)?:? |^\s*[-+] (?:Expected|Received)`,
  String.raw`" [45]\d\d (?:\d|-)|\bstatus(?: code)?[=: ]+[45]\d\d\b`,
].join('|');

const WARNING = String.raw`${BEFORE}(?:warn(?:ing)?|deprecated|retry(?:ing)?|slow|degraded|skipp(?:ed|ing))${AFTER}`;

const SIGNAL = new RegExp(`${FATAL}|${ERROR}`, 'iu');
const IS_FATAL = new RegExp(FATAL, 'iu');
const IS_WARNING = new RegExp(WARNING, 'iu');

/** Tests that passed, whatever they are called, and counts of nothing. */
const GOOD =
  /(?:^|\s)(?:PASS(?:ED)?|✓|✔|√|(?<!\bnot )ok)(?:\s|$)|\.\.\. ok$|--- PASS|^=== RUN|Failures: 0, Errors: 0|\b(?:0 (?:errors?|failed|failures?)|no (?:errors?|failures?))\b|\bXFAIL\b|exit(?:ed)?(?: with)?(?: (?:code|status))? 0\b/i;

/** How grave a line is, by the level that it has and by its words. */
export function gravenessOf(line: string, level: Level | null): Graveness {
  const byLevel = level === null ? 0 : BY_LEVEL[level];
  if (!SIGNAL.test(line)) return byLevel === 0 && IS_WARNING.test(line) ? 1 : byLevel;
  if (GOOD.test(line)) return byLevel;
  if (IS_FATAL.test(line)) return 3;
  // Loggers say what they mean: an error that is told as news is none.
  return level === 'I' || level === 'D' || level === 'T' ? 1 : 2;
}

const BY_LEVEL: Readonly<Record<Level, Graveness>> = { F: 3, E: 2, W: 1, I: 0, D: 0, T: 0 };

/** Where in a text the first sign of failure stands; -1 where there is none. */
export function signalIn(text: string): number {
  return text.search(SIGNAL);
}
