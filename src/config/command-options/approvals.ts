import type { FieldTable } from '../../request/field.ts';
import { boolean } from '../../request/kinds/texts.ts';

/** Who decides about calls of tools. */
export const APPROVALS = {
  ask: {
    name: 'ask',
    kind: boolean,
    flags: '--ask',
    group: 'Permissions and tools',
    help: 'ask at the terminal about each call of a tool that is neither allowed nor denied',
    ofOneRun: true,
  },
} as const satisfies FieldTable;
