import type { FieldTable } from '../field.ts';
import { boolean, choice } from '../kinds/texts.ts';

const group = 'Findings';

/** What of an answer is a list of findings. */
export const FINDINGS = {
  /**
   * Asks for findings: the answer is a list of them, in the shape of `sluice/findings.schema.json`, in `result.structured`.
   * It takes the place of `jsonSchema`; default: false.
   */
  findings: {
    name: 'findings',
    kind: boolean,
    flags: '--findings',
    group,
    help: 'ask for findings, each with level, message, file and line; in place of --json-schema',
    unserved: 'a query brings a schema of its own',
    remote: 'here',
  },
  /** Makes a run whose findings are that grave, or graver, end as `findings`; default: findings change no outcome. */
  failOnFindings: {
    name: 'failOnFindings',
    kind: choice(['error', 'warning']),
    flags: '--fail-on-findings <LEVEL>',
    group,
    help: 'exit 7 when something of that level was found: error, or warning, which errors are too',
    unserved: 'it is for one run and whoever waits for its exit code',
    heededBy: ['replay'],
  },
} as const satisfies FieldTable;
