import { parse } from 'yaml';

/**
 * YAML 1.2. A file of its own, so that a parser which few need is loaded for them alone.
 * @throws an Error for what is none, and for a list or an object that is in itself, by an alias
 */
export function parseYaml(text: string): unknown {
  const value: unknown = parse(text, { logLevel: 'error' });
  JSON.stringify(value);
  return value;
}
