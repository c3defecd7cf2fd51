// Asks "hi" through query() of the Agent SDK. Arguments: the SDK's module, the claude to run.
import { pathToFileURL } from 'node:url';

const [sdk, pathToClaudeCodeExecutable] = process.argv.slice(2);
const { query } = await import(pathToFileURL(sdk).href);
let ending;
for await (const message of query({ prompt: 'hi', options: { pathToClaudeCodeExecutable } })) {
  if (message.type === 'result') ending = message.subtype;
}
if (ending !== 'success') throw new Error(`the Agent SDK's run ended as ${ending}`);
