import type { Field, FieldTable, ForCallers } from './field.ts';
import { RUN_OPTIONS } from './run-options.ts';
import { MODEL } from './run-options/model.ts';
import { PERMISSIONS } from './run-options/permissions.ts';
import { RUNNING } from './run-options/running.ts';
import { SESSION } from './run-options/session.ts';
import type { Kind, Values } from './kinds/kind.ts';
import type { Property } from './schema-of.ts';

/** A field that those who ask a server may set. */
export type CallerField = Field & { readonly caller: ForCallers };

/** All of those, in the order in which a model reads of them: where and what first, what is returned last. */
export const CALLER_FIELDS: readonly CallerField[] = [
  ...new Set([RUNNING.cwd, ...[SESSION, MODEL, PERMISSIONS, RUNNING, RUN_OPTIONS].flatMap(rowsOf)]),
].filter(isForCallers);

/** What they may set, each under the name that it has for them. */
export type AskedByCallers = {
  readonly [Name in CallerName as NameFor<Name>]?: ValueFor<Name> | undefined;
};

/** What they call a field. */
export function nameForCallers({ name, caller }: CallerField): string {
  return caller.name ?? name;
}

/** What they call the field that sets an option of a run; undefined for one that is the operator's alone. */
export function fieldOf(option: string): string | undefined {
  const field = CALLER_FIELDS.find(({ name }) => name === option);
  return field && nameForCallers(field);
}

/** A field as it is told to them. */
export function propertyOf(field: CallerField): Property {
  const { help, values = field.kind, default: preset } = field.caller;
  return { name: nameForCallers(field), help, values, default: preset };
}

function rowsOf(table: FieldTable): readonly Field[] {
  return Object.values(table);
}

function isForCallers(field: Field): field is CallerField {
  return field.caller !== undefined;
}

type Rows = typeof RUN_OPTIONS;

type CallerName = {
  [Name in keyof Rows]: Rows[Name] extends { readonly caller: ForCallers } ? Name : never;
}[keyof Rows];

type NameFor<Name extends CallerName> = Rows[Name]['caller'] extends { readonly name: infer Own extends string }
  ? Own
  : Name;

type ValueFor<Name extends CallerName> = Rows[Name]['caller'] extends { readonly values: Values<infer Value> }
  ? Value
  : Rows[Name]['kind'] extends Kind<infer Value>
    ? Value
    : never;
