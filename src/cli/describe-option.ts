import type { Field } from '../request/field.ts';

/** What a flag does, and what counts without it. */
export function describeOption({ help, kind, default: preset }: Field): string {
  if (preset === undefined) return help;
  return `${help}; default ${String(kind.show?.(preset) ?? JSON.stringify(preset))}`;
}

/** What a flag does, without the details that follow. */
export function briefly(help: string): string {
  return help.replace(/;.*/s, '');
}
