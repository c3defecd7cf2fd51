import type { OutcomeClass } from '../outcome/classes.ts';

/** What may help, by how a run ended. Names of options are those of the command line. */
export const ADVICE: Readonly<Record<OutcomeClass, readonly string[]>> = {
  success: [],
  failed: [
    'Read the last messages: sluice replay RECORD -o pretty.',
    'Ask again, with more of what the model needs to know.',
  ],
  refused: ['Say what it is for, or ask in smaller steps; another model may see it otherwise (--model).'],
  invalid_request: ['Check --model and what goes to the API: sluice doctor --probe.'],
  prompt_too_long: ['Send less: sluice condense, --input-budget, or files that the model reads itself.'],
  schema_unmet: [
    'Look at what was answered: result.summary in the bundle. Loosen the schema, or say in the prompt what fits it.',
  ],
  not_run: ['Check the slash command, or the hooks of claude: no model was asked.'],
  usage: ['The message names the option, the file or the field, and what is wrong with it.'],
  claude_not_found: ['Install claude, or name it: --claude PATH. sluice doctor shows what is found.'],
  auth: ['Log in, or set the key: sluice help auth. sluice doctor --probe shows whether it is taken.'],
  billing: ['Add credit, or have the limit raised; trying again does not help before.'],
  max_turns: ['Raise --max-turns, or go on with the session.'],
  max_budget: ['Raise --max-budget-usd, or go on with the session; with --budget, wait until that resets.'],
  crashed: [
    "See claude's stderr in the bundle. Was there memory enough (dmesg, --max-memory)?",
    'Try again; if it comes back, try another version of claude.',
  ],
  truncated: ['Try again: output was lost on its way. Newer versions of claude do not lose it.'],
  denied: ['Permit the tool: --allowed-tools, or --ask to be asked; permissionDenials in the bundle has the calls.'],
  incomplete: [
    'Wait longer for background work: --wait-background. An MCP server that is missing: sluice doctor --start-mcp.',
  ],
  findings: ['Look at what was found: result.structured in the bundle, --sarif, --junit.'],
  internal: ['That is a fault of sluice, or the system has no room left: memory, descriptors, disk.'],
  output_error: ['Make room on the disk, or write elsewhere; what came until then is in the recording.'],
  rate_limited: ['Try again when the limit has reset, or let sluice wait: --wait-for-reset 6h.'],
  overloaded: ['Try again in a while; --retries and --retry-max-wait say how long sluice does so by itself.'],
  api_error: ['Try again in a while; --retries and --retry-max-wait say how long sluice does so by itself.'],
  network: ['Look at proxy, DNS and TLS: sluice doctor --probe.'],
  locked: ['Wait for the other run: --lock-wait 10m.'],
  timeout: [
    'Give it more time: --timeout; or go on with the session. The longest waits below say where the time went.',
  ],
  stalled: ['If that wait was to be expected, raise --idle-timeout for its state, such as tool=1h.'],
  interrupted: ['Go on with the session, if that was not meant.'],
};
