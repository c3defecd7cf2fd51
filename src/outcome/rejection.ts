import type { Evidence } from './evidence.ts';
import type { OutcomeClass } from './classes.ts';

/**
 * Why what was started ended before its first message, as far as its words on stderr and its exit code tell; null where
 * they tell nothing. Claude exits with 1 and one paragraph when a flag, a settings file, a managed setting, a proxy or a
 * login is not to be worked with (2.1.197, 2.1.332).
 */
export function classifyRejection(evidence: Evidence): OutcomeClass | null {
  const { facts, exit, stderr, isClaude } = evidence;
  const code = exit?.code ?? null;
  if (code !== 0 && facts.init === null && facts.sessionId === null && !isCrash(stderr)) {
    if (OURS.test(stderr)) return 'claude_not_found';
    if (REJECTION.test(stderr)) return LOGIN.test(stderr) ? 'auth' : 'usage';
  }
  if (facts.messages > 0) return null;
  if (facts.badLines > 0 || code === 126 || code === 127 || FOREIGN.test(stderr)) return 'claude_not_found';
  if (saidNothing(evidence)) return isClaude === true ? null : 'claude_not_found';
  const isReason = (code === 1 || code === 2) && /\S/.test(stderr) && !isCrash(stderr);
  if (!isReason) return null;
  return LOGIN.test(stderr) ? 'auth' : 'usage';
}

/** The class of a result in which claude says that it does not work with what it was given; null for any other. */
export function classifyRefusedStart({ result, init }: Evidence['facts']): OutcomeClass | null {
  const reason = result?.startup_failure_reason;
  if (reason !== undefined) return STARTUP_FAILURES.get(reason) ?? 'usage';
  return init === null && (result?.errors ?? []).some((error) => REJECTION.test(error)) ? 'usage' : null;
}

/** Of claude's names for what kept it from starting (2.1.332), those that no other flag or setting mends. */
const STARTUP_FAILURES = new Map<string, OutcomeClass>([
  ['org_pin_api_key_conflict', 'auth'],
  ['org_pin_mismatch', 'auth'],
  ['org_verify_failed', 'auth'],
  ['org_config_refused', 'auth'],
  ['gateway_signin_required', 'auth'],
  ['gateway_access_denied', 'auth'],
  ['org_config_required_unavailable', 'network'],
  ['remote_settings_required_unavailable', 'network'],
  ['cli_version_too_old', 'claude_not_found'],
]);

/** Whether what was started ended well and without a word: either no claude, or one that does not say what is wrong. */
export function saidNothing({ facts, exit, stderr }: Pick<Evidence, 'facts' | 'exit' | 'stderr'>): boolean {
  return exit?.code === 0 && facts.messages === 0 && facts.badLines === 0 && !/\S/.test(stderr);
}

/** What claude says when it does not start: from its first error on, where it calls it that, or else all of it. */
export function rejectionIn(stderr: string): string {
  const start = REJECTION.exec(stderr)?.index ?? 0;
  return stderr.slice(start);
}

const REJECTION =
  /^(?:error: |Error: |Error (?:processing|reading|loading|parsing) |Configuration error in |Claude configuration file at |No conversation found )|cannot be used with root/m;

/** Words of a claude that wants another login first. */
const LOGIN = /\bclaude auth login\b|\brun \/login\b|\bnot logged in\b/i;

/** Flags that sluice itself always passes: a claude that does not know them is too old, or no claude. */
const OURS = /unknown option '?--(?:input-format|output-format|verbose|print)|unknown option '?-p\b/;

/** What other programs say to flags that they do not know. */
const FOREIGN = /(?:unrecogni[sz]ed|invalid|illegal|unexpected|bad) (?:option|argument|flag)/i;

/** An exception that nothing caught, or a system that is out of room: no rejection, whatever else is said. */
function isCrash(stderr: string): boolean {
  return /^\s+at .+:\d+|^Node\.js v|^Bun v|\bpanic(?:ked)?\b|\bhas crashed\b|out of memory|allocate memory|\bE(?:NOSPC|MFILE|NFILE|NOMEM)\b|core dumped/im.test(
    stderr,
  );
}
