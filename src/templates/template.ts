import type { Variable } from './declared-variables.ts';

/** Whose a template is: the project's is not trusted, the user's own and sluice's are. */
export type Origin = 'project' | 'own' | 'shipped';

/** A template that was read and understood. */
export interface Template {
  readonly name: string;
  readonly origin: Origin;
  /** What errors and `sluice config` call it: its path, or `template NAME` for one of sluice's. */
  readonly source: string;
  /** Its file; null for one of sluice's. */
  readonly path: string | null;
  /** The project that it must not lead out of; null for one that is trusted. */
  readonly root: string | null;
  /** What it is for, in a sentence. */
  readonly description: string;
  /** What it asks of a run besides the prompt, by the names of files, unparsed. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly variables: readonly Variable[];
  readonly pieces: readonly Piece[];
}

/** A part of a template's text. */
export type Piece =
  | { readonly kind: 'words'; readonly words: string }
  | { readonly kind: 'reference'; readonly reference: Reference; readonly line: number }
  | {
      readonly kind: 'if';
      readonly condition: Reference;
      /** What counts where it holds, and where it does not. */
      readonly yes: readonly Piece[];
      readonly no: readonly Piece[];
    };

/** Something that a template's text names, and that goes to the model beside it. */
export type Reference =
  | { readonly kind: 'variable'; readonly name: string }
  /** What is piped in. */
  | { readonly kind: 'stdin' }
  /** What is typed besides: words, and `--prompt-file`. */
  | { readonly kind: 'prompt' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'env'; readonly name: string };

/** Something wrong with a template. */
export interface Problem {
  /** Counted from 1, in its file. */
  readonly line: number;
  readonly message: string;
}

/** A reference as it stands in a template, between the braces. */
export function spelt(reference: Reference): string {
  switch (reference.kind) {
    case 'variable':
      return reference.name;
    case 'file':
      return `file:${reference.path}`;
    case 'env':
      return `env:${reference.name}`;
    default:
      return reference.kind;
  }
}

/** What the model is told that it is: a file's name never looks like that of a variable. */
export function labelOf(reference: Reference): string {
  if (reference.kind !== 'file') return spelt(reference);
  return /[./]/.test(reference.path) ? reference.path : `./${reference.path}`;
}
