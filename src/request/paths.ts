import { resolve } from 'node:path';
import type { Field } from './field.ts';
import { ALL_RUN_OPTIONS } from './run-options.ts';
import { isJsonPath } from './kinds/json.ts';
import type { RunRequest } from './run-request.ts';

/** The value of a field with its paths made absolute: relative ones count from a folder. JSON in place stays as it is. */
export function located({ paths }: Pick<Field, 'paths'>, value: unknown, folder: string): unknown {
  if (paths !== true) return value;
  if (Array.isArray(value)) return value.map((item) => located({ paths }, item, folder));
  return typeof value === 'string' && isJsonPath(value) ? resolve(folder, value) : value;
}

/** The same for a whole request; '' stands for the current directory. */
export function locatedRequest(request: RunRequest, folder: string): RunRequest {
  const given = new Map<string, unknown>(Object.entries(request));
  const paths = ALL_RUN_OPTIONS.filter((field) => field.paths === true && given.get(field.name) !== undefined);
  return {
    ...request,
    ...Object.fromEntries(paths.map((field) => [field.name, located(field, given.get(field.name), folder)])),
  };
}
