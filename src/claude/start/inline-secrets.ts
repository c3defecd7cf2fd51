import { parsedJson } from '../../parsed-json.ts';
import type { ClaudeOptions } from '../../request/run-options.ts';
import { isJsonPath, jsonText } from '../../request/kinds/json.ts';

/** Shorter values are ports, flags and words. */
const MIN_LENGTH = 8;

/**
 * The values that `--mcp-config`, `--settings` and `--agents` hand to other programs as environment or headers: secrets,
 * as a rule, and never to be seen in any output. Only JSON given in place is looked at;
 * of what is none, claude itself says what is wrong with it.
 */
export function inlineSecrets({ mcpConfig, settings, agents }: ClaudeOptions): string[] {
  return [mcpConfig, settings, agents].flat().flatMap((value) => {
    return value === undefined || isJsonPath(value) ? [] : handedOut(parsedJson(jsonText(value)), false);
  });
}

function handedOut(value: unknown, within: boolean): string[] {
  if (typeof value === 'string') {
    // `Bearer …`: the token is a secret without its scheme too.
    const token = /^\w+ (\S+)$/.exec(value)?.[1];
    return within ? [value, ...(token === undefined ? [] : [token])].filter((text) => text.length >= MIN_LENGTH) : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => handedOut(item, within || key === 'env' || key === 'headers'));
}
