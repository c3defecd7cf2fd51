/** The part of JSON Schema that says what a value of an option is; faces publish it, and {@link conforms} goes by it. */
export interface ValueSchema {
  readonly type?: 'string' | 'boolean' | 'integer' | 'number' | 'array' | 'object';
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly pattern?: string;
  /** What a `pattern` stands for. */
  readonly format?: 'uuid';
  readonly items?: ValueSchema;
  readonly properties?: Readonly<Record<string, ValueSchema>>;
  readonly additionalProperties?: boolean;
  readonly required?: readonly string[];
  readonly anyOf?: readonly ValueSchema[];
  readonly description?: string;
  readonly default?: unknown;
}

/** Whether a value meets a schema. It is never changed, and its accessors are not trusted: they are read once at most. */
export function conforms(schema: ValueSchema, value: unknown): boolean {
  if (schema.anyOf !== undefined) return schema.anyOf.some((one) => conforms(one, value));
  switch (schema.type) {
    case undefined:
      return true;
    case 'string':
      return typeof value === 'string' && conformsText(schema, value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return Number.isSafeInteger(value) && conformsNumber(schema, Number(value));
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) && conformsNumber(schema, value);
    case 'array': {
      const { items } = schema;
      return Array.isArray(value) && (items === undefined || value.every((item) => conforms(items, item)));
    }
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value) && conformsObject(schema, value);
    default:
      return schema.type satisfies never;
  }
}

function conformsText({ enum: names, minLength = 0, pattern }: ValueSchema, text: string): boolean {
  if (names !== undefined && !names.includes(text)) return false;
  return text.length >= minLength && (pattern === undefined || new RegExp(pattern, 'u').test(text));
}

function conformsNumber({ minimum, exclusiveMinimum, maximum }: ValueSchema, number: number): boolean {
  if (minimum !== undefined && number < minimum) return false;
  if (exclusiveMinimum !== undefined && number <= exclusiveMinimum) return false;
  return maximum === undefined || number <= maximum;
}

function conformsObject(
  { properties, additionalProperties = true, required = [] }: ValueSchema,
  value: object,
): boolean {
  if (!required.every((name) => Object.hasOwn(value, name))) return false;
  if (properties === undefined) return true;
  return Object.entries(value).every(([name, item]) => {
    const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return schema === undefined ? additionalProperties : item === undefined || conforms(schema, item);
  });
}
