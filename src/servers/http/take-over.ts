import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import { systemCodeOf } from '../../errors.ts';

/** Writes an answer as it comes. When that fails, the answer is broken off, and the reader knows that there is no more. */
export async function takeOver(reply: FastifyReply, write: (res: ServerResponse) => Promise<void>): Promise<void> {
  const { raw, server } = reply.hijack();
  try {
    await write(raw);
  } catch (error) {
    const isGone = raw.destroyed && systemCodeOf(error) === 'ECONNRESET';
    if (!isGone) server.onFault(error);
    raw.destroy();
  }
}
