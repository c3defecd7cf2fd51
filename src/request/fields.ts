import type { Field, ValuesOf } from './field.ts';
import { APPROVALS } from './fields/approvals.ts';
import { EXTENSIONS } from './fields/extensions.ts';
import { FINDINGS } from './fields/findings.ts';
import { MESSAGES } from './fields/messages.ts';
import { MODEL } from './fields/model.ts';
import { PERMISSIONS } from './fields/permissions.ts';
import { PROMPT } from './fields/prompt.ts';
import { RUNNING } from './fields/running.ts';
import { SESSION } from './fields/session.ts';
import { oneTable } from './one-table.ts';

/** What is claude's own, under the same names. */
const CLAUDE = oneTable(MODEL, PERMISSIONS, APPROVALS, SESSION, EXTENSIONS);

/** All that can be asked of a run, besides what it is to do. */
export const FIELDS = oneTable(MESSAGES, PROMPT, FINDINGS, RUNNING, CLAUDE);

/** The same, in order. */
export const ALL_FIELDS: readonly Field[] = Object.values(FIELDS);

/** Claude's own options, in camelCase; absent means claude's default. */
export type ClaudeOptions = ValuesOf<typeof CLAUDE>;
