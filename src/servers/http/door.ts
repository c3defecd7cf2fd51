import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Access, Authenticated } from '../auth/access.ts';
import { Refusal } from '../refusal.ts';
import { answer, answerText, HttpRefusal } from './answer.ts';
import { otherMethod } from './app.ts';
import { letPagesRead } from './cors.ts';
import type { Guard } from './guards.ts';
import { pathOf } from './path-of.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null before the door. */
    admitted: Authenticated | null;
  }
  interface FastifyContextConfig {
    /** Whether it needs no authentication. */
    readonly isOpen?: true;
  }
}

export interface DoorOptions {
  readonly guard: Guard;
  readonly access: Access;
  /** Whether such a request is let in no more. */
  readonly isClosing: (req: IncomingMessage) => boolean;
  /** Told the status with which a request was refused before it was read: 400, 401 or 403. */
  readonly onRefused?: ((status: number) => void) | undefined;
}

/** Puts a door before an application: no request that it does not let through is read, wherever it leads. */
export function putDoor(app: FastifyInstance, { guard, access, isClosing, onRefused = () => {} }: DoorOptions): void {
  app.decorateRequest('admitted', null);
  app.addHook('onRequest', async (request, reply) => {
    const { raw, routeOptions } = request;
    try {
      guard(raw);
      if (letPagesRead(request, reply)) return reply;
      const metadata = access.metadataAt(pathOf(raw));
      if (metadata !== null) {
        if (raw.method !== 'GET' && raw.method !== 'HEAD') throw otherMethod(['GET', 'HEAD']);
        answerText(reply, 'application/json', metadata);
        return reply;
      }
      if (routeOptions.config.isOpen !== true) request.admitted = await access.admit(raw);
    } catch (error) {
      if (error instanceof Refusal) onRefused(answer(error).status);
      throw error;
    }
    if (isClosing(raw) && routeOptions.config.isOpen !== true) throw closing();
    return undefined;
  });
}

/** Who asks; where a door let them in, it is known. */
export function admittedOf({ admitted }: { readonly admitted: Authenticated | null }): Authenticated {
  if (admitted === null) throw new Error('a request that came in by no door');
  return admitted;
}

function closing(): HttpRefusal {
  return new HttpRefusal(new Refusal('unavailable', 'the server is shutting down', { reason: 'shutdown' }), {
    headers: { connection: 'close' },
  });
}
