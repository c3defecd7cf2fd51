import { atMost } from '../../figure.ts';
import { changedLinesOf } from '../changed-lines.ts';
import type { Bench, Chapter } from '../chapter.ts';
import { listLines } from '../misses.ts';
import type { CodeFile } from '../texts/code.ts';

/** Which lines of code that nobody wrote for us are changed; nothing where there is none. */
export async function measureCode({ redactor, code }: Bench): Promise<Chapter> {
  if (code.length === 0) return { sections: [], details: [], misses: [] };
  const own = code.filter(({ isExample }) => !isExample);
  const examples = code.filter(({ isExample }) => isExample);
  const changed = changedLinesOf(redactor, own);
  const changedExamples = changedLinesOf(redactor, examples);
  const title = 'Code of others';
  const figures = [
    { what: `lines changed, of ${describe(own)}`, value: changed.length, unit: '', target: atMost(1) },
    { what: `of tests and examples, ${describe(examples)}`, value: changedExamples.length, unit: '' },
  ] as const;
  const lists = [listLines('Changed lines of code', changed), listLines('Of tests and examples', changedExamples)];
  return { sections: [{ title, figures }], details: [], misses: lists };
}

function describe(files: readonly CodeFile[]): string {
  const size = files.reduce((sum, { text }) => sum + text.length, 0);
  return `${(size / 1_000_000).toFixed(1)} MB in ${files.length} files`;
}
