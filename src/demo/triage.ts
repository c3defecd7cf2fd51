import type { ToolResult } from './conversation.ts';
import { inTurn, text, thinking, toolUse, turn } from './script.ts';
import type { Pace, Script } from './script.ts';

/**
 * The script behind `sluice demo`: a model that is asked why a deploy failed, greps its log, reads the lines around
 * the crash, which show a database password, and explains what happened. It cites what its tools really found.
 *
 * @param log path of examples/logs/deploy.log as the tools are to use it: relative to the run's working directory,
 * so that the default permission mode lets them read it unasked.
 */
export function triage(log: string): Script {
  return inTurn(
    [
      thinking(
        'A pipeline that got as far as the rollout, so build, tests and migration passed. Look for the first fatal ' +
          'line rather than the last error: timeouts and rollbacks come at the end of every failed deploy and say ' +
          'nothing about why.',
        brisk,
      ),
      text('I’ll start with what the log itself calls an error.', brisk),
      toolUse('Bash', { command: `grep -nE 'ERROR|"fatal"|error:' ${log}`, description: 'List the errors' }),
    ],
    ({ toolResults }) =>
      turn([
        text(
          'One failure, over and over. What led up to the first one, and what is it that used to listen there?',
          brisk,
        ),
        toolUse('Read', { file_path: log, offset: crashIn(toolResults) - 8, limit: 9 }),
        toolUse('Bash', { command: `grep -n pgbouncer ${log}`, description: 'Find the sidecar' }),
      ]),
    ({ toolResults }) => turn([text(verdict(toolResults), lively)]),
  );
}

const brisk: Pace = { chunk: 8, delayMs: 12 };

const lively: Pace = { chunk: 6, delayMs: 14 };

function verdict(results: readonly ToolResult[]): string {
  const crash = crashIn(results);
  return `## Nothing listens on port 6432 any more

Commit \`9f3c1ab\` dropped the **pgbouncer sidecar** from the pod, but \`checkout-api\` still reaches its database through it. Every new pod dies at start, and the rollout runs into its deadline.

- **line ${lineOf(results, /-\s+- name: pgbouncer/)}**: helm removes the \`pgbouncer\` container, and port 6432 with it
- **line ${crash - 4}**: the service opens its pool at \`${databaseUrlIn(results)}\`
- **line ${crash}**: \`connect ECONNREFUSED 127.0.0.1:6432\`, exit code 1
- **line ${lineOf(results, /progress deadline/)}**: the deadline passes, helm rolls back to 4.11.3

### What to do
1. In the secret \`checkout-api-env\`, point \`DATABASE_URL\` straight at the database, as this run's own migration did:
   \`\`\`diff
   - …@127.0.0.1:6432/checkout
   + …@db-primary.internal:5432/checkout
   \`\`\`
2. Take \`pgbouncer.poolSize\` out of \`env/production.yaml\`: no template reads it now.
3. Change the password and stop logging it: it stands in this log in plain text.

*Not the cause:* the 502 while pushing the image (line ${lineOf(results, /502 Bad Gateway/)}; the next attempt worked). Customers noticed nothing, the old pods kept serving.`;
}

function crashIn(results: readonly ToolResult[]): number {
  return lineOf(results, /giving up on the database/);
}

/** The number of the first line that `grep -n` printed and that matches; 9 where none does, so that offsets stay valid. */
function lineOf(results: readonly ToolResult[], pattern: RegExp): number {
  const hit = results
    .flatMap(({ text: output }) => output.split('\n'))
    .find((line) => /^\d+:/.test(line) && pattern.test(line));
  return hit === undefined ? 9 : Number.parseInt(hit, 10);
}

function databaseUrlIn(results: readonly ToolResult[]): string {
  const [url = 'its old address'] = results.flatMap(({ text: output }) => output.match(/postgres:[^"]+/) ?? []);
  return url;
}
