import { resolve } from 'node:path';
import type { Piece, Template } from './template.ts';

/** Every file that a template may be made of: its own, and those that it may attach. */
export function filesOf({ path, root, pieces }: Template, cwd: string): string[] {
  return [...(path === null ? [] : [path]), ...attachedBy(pieces).map((file) => resolve(root ?? cwd, file))];
}

function attachedBy(pieces: readonly Piece[]): string[] {
  return pieces.flatMap((piece) => {
    switch (piece.kind) {
      case 'words':
        return [];
      case 'if':
        return attachedBy([...piece.yes, ...piece.no]);
      case 'reference':
        return piece.reference.kind === 'file' ? [piece.reference.path] : [];
      default:
        return piece satisfies never;
    }
  });
}
