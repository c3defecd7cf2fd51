import { z } from 'zod';
import type { QuestionBoard } from '../../runs/redis/question-board.ts';
import { runsAway } from '../queries/refusing-runs.ts';
import type { GivenAnswer, OpenQuestions, Question } from './open-questions.ts';

const questionSchema = z.object({
  approvalId: z.uuid(),
  runId: z.uuid(),
  tool: z.string(),
  shown: z.string(),
  digest: z.string(),
  reason: z.string().nullable(),
  askedAt: z.string(),
});

const answerSchema = z.object({ decision: z.enum(['allow', 'deny']), digest: z.string(), by: z.string() });

/**
 * Questions that any replica shows and answers. An answer from elsewhere counts as one from here does: for a question that is
 * open, and about the call that was shown.
 * While the board can't be asked, whoever asks is refused as `unavailable`.
 * @param onFault told what could not be shared with the others, or learnt from them
 */
export function sharedQuestions(
  own: OpenQuestions,
  board: QuestionBoard,
  onFault: (error: unknown) => void,
): OpenQuestions {
  board.onAnswer((runId, id, answer) => {
    const { data } = answerSchema.safeParse(answer);
    if (data !== undefined) void own.answer(runId, id, data, data.by);
  });

  async function asking<Value>(ask: () => Promise<Value>): Promise<Value> {
    try {
      return await ask();
    } catch (error) {
      onFault(error);
      throw runsAway();
    }
  }

  async function of(runId: string): Promise<readonly Question[]> {
    const here = await own.of(runId);
    if (here.length > 0) return here;
    const told = (await asking(() => board.of(runId))).flatMap(
      (question) => questionSchema.safeParse(question).data ?? [],
    );
    return told.filter((question) => question.runId === runId).toSorted(byTime);
  }

  return {
    async ask(runId, call, signal) {
      let asked: Question | null = null;
      const unfollow = own.follow(runId, (question) => (asked = question));
      const answered = own.ask(runId, call, signal);
      unfollow();
      const question: Question | null = asked;
      if (question === null) return answered;
      const { approvalId } = question;
      board.put(runId, approvalId, question).catch(onFault);
      try {
        return await answered;
      } finally {
        board.remove(runId, approvalId).catch(onFault);
      }
    },
    async answer(runId, approvalId, given: GivenAnswer, by) {
      const verdict = await own.answer(runId, approvalId, given, by);
      if (verdict !== 'not_found') return verdict;
      const question = (await of(runId)).find((one) => one.approvalId === approvalId);
      if (question === undefined) return 'not_found';
      if (question.digest !== given.digest) return 'other_call';
      return (await asking(() => board.answer(runId, approvalId, { ...given, by }))) ? 'counted' : 'not_found';
    },
    of,
    follow(runId, listener) {
      const told = new Set<string>();
      let isOver = false;
      const tell = (question: Question): void => {
        if (isOver || told.has(question.approvalId)) return;
        told.add(question.approvalId);
        listener(question);
      };
      const unfollow = own.follow(runId, tell);
      const look = (): void => void of(runId).then((questions) => questions.forEach(tell), onFault);
      const listening = board.follow(runId, look);
      // For questions from before it was subscribed to.
      listening.then(look, onFault);
      return () => {
        isOver = true;
        unfollow();
        void listening.then((end) => end(), onFault);
      };
    },
  };
}

function byTime(one: Question, other: Question): number {
  return one.askedAt < other.askedAt ? -1 : 1;
}
