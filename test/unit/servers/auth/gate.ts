import { onTestFinished } from 'vitest';
import { createAccess } from '../../../../src/servers/auth/access.ts';
import type { AccessInput } from '../../../../src/servers/auth/access-rules.ts';
import { askHttp, type HttpAnswer, type Question } from '../../../support/ask-http.ts';
import { createApp } from '../../../../src/servers/http/app.ts';
import { admittedOf, putDoor } from '../../../../src/servers/http/door.ts';
import { listen } from '../../../../src/servers/http/listener.ts';

/** A server that lets in whom it may, and says whom. */
export interface Gate {
  readonly url: URL;
  /** What an operator was told. */
  readonly problems: readonly string[];
  ask(headers?: Question['headers'], how?: Pick<Question, 'path' | 'method'>): Promise<HttpAnswer>;
  /** Asks with a token. */
  show(token: string): Promise<HttpAnswer>;
}

/** The input of access, with rules of a test and the names of their options in place of flags. */
export function inputOf(rules: Partial<AccessInput>): AccessInput {
  const endpoint = (): URL => new URL('http://127.0.0.1:8001/mcp');
  return { requiredScopes: [], authorizationServers: [], endpoint, where: (rule) => `--${rule}`, ...rules };
}

/** Serves on loopback until the test is over. */
export async function openGate(rules: Partial<AccessInput>): Promise<Gate> {
  const problems: string[] = [];
  const access = await createAccess(
    inputOf({
      endpoint: () => new URL('/mcp', listener.url),
      onProblem: (problem) => problems.push(problem),
      ...rules,
    }),
  );
  const app = createApp({ nothingHere: 'there is nothing here' });
  putDoor(app, { guard: () => {}, access, isClosing: () => false });
  // What a body is, is nobody's business here.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', async () => undefined);
  app.all('/*', async (request) => admittedOf(request));
  const listener = await listen(app, { host: '127.0.0.1', port: 0 });
  onTestFinished(() => listener.close());

  const ask: Gate['ask'] = (headers = {}, how = {}) =>
    askHttp(listener.url, { method: 'POST', path: '/mcp', headers, ...how });
  return { url: listener.url, problems, ask, show: (token) => ask({ authorization: `Bearer ${token}` }) };
}
