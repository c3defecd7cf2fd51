import { requestKey } from '../../request/request-key.ts';
import type { AnswerCache } from '../../run/answer-cache.ts';
import type { Caller } from '../caller.ts';

/** The answers that one caller may be given: what another one was answered is not theirs. */
export function answersOf(answers: AnswerCache, { subject }: Caller): AnswerCache {
  return { open: (key, signal) => answers.open(requestKey({ key, subject }), signal) };
}
