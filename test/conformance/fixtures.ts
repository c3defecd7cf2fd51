import { createRequestStateCodec, McpServer } from '@modelcontextprotocol/server';
import { randomBytes } from 'node:crypto';
import { addPrompts } from './fixtures/prompts.ts';
import { addQuestions, type Progress } from './fixtures/questions.ts';
import { addResources } from './fixtures/resources.ts';
import { addTools } from './fixtures/tools.ts';

/** Makes servers with all that the suite's scenarios ask for by name; one for each session or request. */
export function conformanceFixtures(): () => McpServer {
  const state = createRequestStateCodec<Progress>({ key: randomBytes(32) });
  return () => {
    const server = new McpServer(
      { name: 'conformance', version: '1.0.0' },
      {
        capabilities: {
          logging: {},
          tools: { listChanged: false },
          prompts: { listChanged: false },
          resources: { listChanged: false, subscribe: true },
        },
        requestState: { verify: state.verify },
      },
    );
    addTools(server);
    addQuestions(server, state);
    addPrompts(server);
    addResources(server);
    return server;
  };
}
