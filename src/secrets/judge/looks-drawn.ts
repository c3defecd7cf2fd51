import { shapeOf } from './value-shape.ts';

/** Zeros in base64 too, which only tables have. */
const FILLER = /example|xxxxx|your[-_]|placeholder|aaaaaaa/i;
/** Fewer different characters than this and it is a mask or a filler, not a secret. */
const MIN_VARIETY = 5;
/** A secret is judged by its beginning. */
const JUDGED = 64;

/** Whether `text` from `start` to `end` may have been drawn by lot: neither words nor a filler. */
export function looksDrawn(text: string, start: number, end: number): boolean {
  const judged = Math.min(end, start + JUDGED);
  const shape = shapeOf(text, start, judged);
  if (shape.digits === 0 && shape.changes < 3) return false;
  const body = text.slice(start, judged);
  return new Set(body).size >= MIN_VARIETY && !FILLER.test(body);
}
