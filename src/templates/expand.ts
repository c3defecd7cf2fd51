import { labelOf, type Piece, type Reference, spelt } from './template.ts';

/** What is known of the things that a template refers to, before any of them is read. */
export interface Given {
  /** Whether there is something to be shown. A file is taken to be there. */
  has(reference: Reference): boolean;
  /** Whether a condition on it holds: there is something, and it is not `false`. */
  holds(reference: Reference): boolean;
}

/** A template's text as it is sent, and what has to be shown beside it. */
export interface Expanded {
  /** The author's words alone: of what they refer to, only the name is in them. */
  readonly text: string;
  /** Each once, in the order of the text. */
  readonly shown: readonly Reference[];
  /** Referred to, and not there; each once, with the line of the first reference. */
  readonly absent: readonly { readonly reference: Reference; readonly line: number }[];
}

/**
 * Decides the conditions of a template, and puts a word where it refers to something: no value ever becomes part of the
 * text, since claude acts upon `@path` and `/command` in the last block of a prompt.
 */
export function expand(pieces: readonly Piece[], given: Given): Expanded {
  const shown = new Map<string, Reference>();
  const absent = new Map<string, { reference: Reference; line: number }>();

  function textOf(piece: Piece): string {
    switch (piece.kind) {
      case 'words':
        return piece.words;
      case 'if':
        return (given.holds(piece.condition) ? piece.yes : piece.no).map(textOf).join('');
      case 'reference': {
        const { reference, line } = piece;
        const name = spelt(reference);
        if (given.has(reference)) {
          shown.set(name, reference);
          return pointerTo(reference);
        }
        if (!absent.has(name)) absent.set(name, { reference, line });
        return `[${name}: not given]`;
      }
      default:
        return piece satisfies never;
    }
  }

  const text = pieces.map(textOf).join('').trim();
  return { text, shown: [...shown.values()], absent: [...absent.values()] };
}

/** What stands in the text for something that is shown above it. */
export function pointerTo(reference: Reference): string {
  return `[${labelOf(reference)}, attached above]`;
}
