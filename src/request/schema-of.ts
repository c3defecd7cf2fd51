import type { Kind } from './kinds/kind.ts';
import type { ValueSchema } from './kinds/schema.ts';

/** One key of an object that a face reads. */
export interface Property {
  readonly name: string;
  readonly values: Pick<Kind<unknown>, 'schema'>;
  /** What it does, for those who ask. */
  readonly help: string;
  /** What counts where it is absent; absent: nothing. */
  readonly default?: unknown;
  readonly required?: true;
}

/** The JSON Schema of an object with these keys and no others. */
export function schemaOf(properties: readonly Property[]): ObjectSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(properties.map((property) => [property.name, described(property)])),
    required: properties.filter(({ required }) => required === true).map(({ name }) => name),
    additionalProperties: false,
  };
}

/** A schema of objects whose keys are all known. */
export interface ObjectSchema extends ValueSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, ValueSchema>>;
}

function described({ values, help, default: preset }: Property): ValueSchema {
  return { ...(preset === undefined ? {} : { default: preset }), description: help, ...values.schema };
}
