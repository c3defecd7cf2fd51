import { requestKey } from '../../request/request-key.ts';
import type { AnswerCache } from '../../run/cache/answer-cache.ts';
import type { Caller } from '../caller.ts';

/** The answers that one caller may be given: none that another caller was given. */
export function answersOf(answers: AnswerCache, { subject }: Caller): AnswerCache {
  return { open: (key, signal) => answers.open(requestKey({ key, subject }), signal) };
}
