import { startMessagesApi, type MessagesApi } from '../../src/demo/messages-api.ts';
import type { Script } from '../../src/demo/script.ts';
import { atTestEnd } from './test-end.ts';

/** A stub of the Messages API that answers by this script and goes away with the test. */
export async function stub(script: Script): Promise<MessagesApi> {
  const api = await startMessagesApi(script);
  atTestEnd(() => api.close());
  return api;
}

/** Every user text that the model was sent, one conversation's request after the other. */
export function wordsSent(api: MessagesApi): string[] {
  return api.requests.flatMap(({ conversation }) => (conversation === undefined ? [] : [conversation.prompt]));
}
