import type { AnswerSchema } from '../claude/start/json-schema/answer-schema.ts';
import type { Json } from '../request/kinds/json.ts';

/** The schema of an answer, as claude takes it; loaded when there is one. @throws SluiceError `usage` */
export async function answerSchemaOf(schema: Json): Promise<AnswerSchema> {
  const { answerSchema } = await import('../claude/start/json-schema/answer-schema.ts');
  return answerSchema(schema);
}
