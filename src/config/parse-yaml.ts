import { parse } from 'yaml';

/** YAML 1.2. A file of its own, so that a parser which few need is loaded for them alone. */
export function parseYaml(text: string): unknown {
  return parse(text, { logLevel: 'error' });
}
