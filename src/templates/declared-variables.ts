import { messageOf, SluiceError } from '../errors.ts';
import { isRecord } from '../is-record.ts';
import { nearest } from '../nearest.ts';
import { type Kind, kindOf } from '../request/kinds/kind.ts';
import { boolean, choice, text } from '../request/kinds/texts.ts';

/** Something that a template leaves open, to be said with `--var NAME=VALUE`. */
export interface Variable {
  readonly name: string;
  readonly type: VariableType;
  readonly kind: Kind<unknown>;
  readonly description: string;
  readonly required: boolean;
  readonly default: string | null;
  /** The only values that there are; null for any of its type. */
  readonly choices: readonly string[] | null;
}

type VariableType = keyof typeof TYPES;

/** Values by name, as texts; those of variables that nothing was said of are absent. */
export type Values = ReadonlyMap<string, string>;

/** A number of any kind. */
const number: Kind<number> = kindOf({
  parse(value) {
    const parsed = Number(String(value).trim() || 'none');
    if (!Number.isFinite(parsed)) throw new Error('a number');
    return parsed;
  },
  expected: 'a number',
  schema: { type: 'number' },
});

const TYPES = { text, number, boolean } as const;

/** Words that mean something else in braces. */
const RESERVED = ['stdin', 'prompt', 'else', 'if', 'file', 'env'];

const PARTS = ['description', 'type', 'default', 'required', 'choices'];

/**
 * Reads how a variable is declared; nothing at all is an optional text.
 * @throws an Error that says what is wrong
 */
export function declareVariable(name: string, declared: unknown): Variable {
  if (!/^[A-Za-z_][\w-]*$/.test(name)) throw new Error('a name has letters, digits, - and _ alone');
  if (RESERVED.includes(name)) throw new Error('the name means something else; choose another one');
  const parts = declared ?? {};
  if (!isRecord(parts)) throw new Error(`expected an object of ${PARTS.join(', ')}`);
  const unknown = Object.keys(parts).find((part) => !PARTS.includes(part));
  if (unknown !== undefined) {
    const near = nearest(unknown, PARTS);
    throw new Error(
      `there is no "${unknown}"; ${near === undefined ? `there are ${PARTS.join(', ')}` : `did you mean ${near}?`}`,
    );
  }
  const type = typeOf(parts['type']);
  const choices = choicesOf(parts['choices'], type);
  const kind: Kind<unknown> = choices === null ? TYPES[type] : choice(choices);
  const required = parts['required'] ?? false;
  if (typeof required !== 'boolean') throw new Error('required: expected true or false');
  const preset = parts['default'] ?? null;
  if (required && preset !== null) throw new Error('it is required and has a default: one of them is too many');
  const description = parts['description'] ?? '';
  if (typeof description !== 'string') throw new Error('description: expected a text');
  return {
    name,
    type,
    kind,
    description: description.trim(),
    required,
    default: preset === null ? null : readAs(kind, preset, 'default'),
    choices,
  };
}

/**
 * The values of a template's variables: what was given, and defaults.
 * @param given `NAME=VALUE` each
 * @throws SluiceError `usage` that names each that is missing, or the one that there is not, is given twice or no value
 */
export function valuesOf(
  template: { readonly source: string; readonly variables: readonly Variable[] },
  given: readonly string[],
): Values {
  const { source, variables } = template;
  const values = new Map<string, string>();
  for (const assignment of given) {
    const [, name = '', value = ''] = /^([^=]*)=([^]*)$/.exec(assignment) ?? [];
    const variable = variables.find((one) => one.name === name);
    if (variable === undefined)
      throw new SluiceError('usage', `--var ${name}: ${source} has no such variable${hint(name, variables)}`);
    if (values.has(name)) throw new SluiceError('usage', `--var ${name}: it is given twice`);
    try {
      values.set(name, readAs(variable.kind, value, `--var ${name}`));
    } catch (error) {
      throw new SluiceError('usage', messageOf(error), { cause: error });
    }
  }
  const missing = variables.filter(({ name, required }) => required && (values.get(name) ?? '') === '');
  if (missing.length > 0) {
    const wanted = missing.map(
      ({ name, description }) => `--var ${name}=…${description === '' ? '' : ` (${description})`}`,
    );
    throw new SluiceError('usage', `${source} needs ${wanted.join(' and ')}`);
  }
  for (const { name, default: preset } of variables) if (preset !== null && !values.has(name)) values.set(name, preset);
  return values;
}

/** A value as the model reads it. */
function readAs(kind: Kind<unknown>, value: unknown, where: string): string {
  try {
    const parsed = kind.parse(value);
    // A number is told as it was written: as many digits, and no fewer.
    return typeof parsed === 'number' ? String(value).trim() : String(parsed);
  } catch (error) {
    const shown = typeof value === 'string' && value.length <= 60 ? `"${value}"` : 'the value';
    throw new Error(`${where}: ${shown} is not ${messageOf(error)}`, { cause: error });
  }
}

function typeOf(type: unknown): VariableType {
  if (type === undefined || type === null) return 'text';
  const found = Object.keys(TYPES).find((name) => name === type);
  if (found !== 'text' && found !== 'number' && found !== 'boolean')
    throw new Error(`type: expected one of ${Object.keys(TYPES).join(', ')}`);
  return found;
}

function choicesOf(choices: unknown, type: VariableType): readonly string[] | null {
  if (choices === undefined || choices === null) return null;
  if (type !== 'text') throw new Error(`choices: they are texts, and the type is ${type}`);
  const texts = Array.isArray(choices) ? choices.map(String) : [];
  if (texts.length === 0) throw new Error('choices: expected a list of texts');
  return texts;
}

function hint(name: string, variables: readonly Variable[]): string {
  const names = variables.map((one) => one.name);
  const near = nearest(name, names);
  if (near !== undefined) return `; did you mean ${near}?`;
  return names.length === 0 ? '; it has none' : `; it has ${names.join(', ')}`;
}
