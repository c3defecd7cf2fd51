import type { FastifyInstance } from 'fastify';
import type { McpHttp } from './http.ts';

/** Where MCP is. */
export const MCP_PATH = '/mcp';

/** Bytes of a request's body. */
export const MCP_MAX_BODY = 1024 * 1024;

/** Serves MCP at its path in an application that has a door; `open` is asked for it with the first request. */
export function routeMcp(app: FastifyInstance, open: () => Promise<McpHttp>): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // What a body is to be, the protocol says.
    scope.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: MCP_MAX_BODY },
      async (_: unknown, body: Buffer) => body,
    );
    // Some clients end every URL with a slash.
    for (const url of [MCP_PATH, `${MCP_PATH}/`]) {
      scope.route({
        method: ['POST', 'GET', 'DELETE'],
        url,
        bodyLimit: MCP_MAX_BODY,
        handler: async (request, reply) => (await open()).handle(request, reply),
      });
    }
  });
}
