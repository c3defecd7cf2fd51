import type { Approver, Call } from '../claude/approvals.ts';
import { maskOf } from '../secrets/mask.ts';
import type { Redactor } from '../secrets/redactor.ts';
import { neutralise } from '../sinks/safe-text.ts';
import { mapStrings } from '../stream/map-strings.ts';
import type { Host } from './host.ts';

/** A host's approver as claude's supervisor has it; undefined where there is none. */
export function approverOf({ canUseTool }: Host, redactor: Redactor): Approver | undefined {
  if (canUseTool === undefined) return undefined;
  return (call, signal) => {
    // A hook's own words may quote the command.
    const reason = call.reason === null ? null : neutralise(redactor.redact(call.reason).text);
    return canUseTool({ ...call, reason, shown: shownOf(call, redactor) }, signal);
  };
}

function shownOf({ tool, input }: Call, redactor: Redactor): string {
  const masked = mapStrings(input, maskOf(redactor));
  return neutralise(`${redactor.redact(tool).text.replaceAll('\n', ' ')} ${JSON.stringify(masked, null, 2)}`);
}
