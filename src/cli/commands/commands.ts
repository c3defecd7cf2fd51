import {
  BATCH_HELP,
  CACHE_HELP,
  COMPLETION_HELP,
  CONDENSE_HELP,
  CONFIG_HELP,
  DEMO_HELP,
  DOCTOR_HELP,
  EXPLAIN_HELP,
  HISTORY_HELP,
  MCP_HELP,
  REDACT_HELP,
  REPLAY_HELP,
  REPORT_HELP,
  SERVE_HELP,
  TEMPLATES_HELP,
  TOKEN_HELP,
  WORKER_HELP,
} from '../help.ts';

/**
 * The commands besides running a prompt: `switches` are flags that it has besides options, `options` names the command whose
 * options it takes, if not its own; `more` ends its help.
 */
export const COMMANDS = [
  {
    name: 'batch',
    usage: 'batch [file...]',
    help: 'run many prompts, and again what was not done',
    more: BATCH_HELP,
  },
  {
    name: 'replay',
    usage: 'replay [file]',
    help: 'show a recording again, in any format',
    switches: [['--as-claude', 'print a program that does what claude did in it, to be given as --claude']],
    more: REPLAY_HELP,
  },
  {
    name: 'report',
    usage: 'report [file]',
    help: 'make a page of a recorded run, one file of HTML',
    more: REPORT_HELP,
  },
  {
    name: 'explain',
    usage: 'explain [file]',
    help: 'say why a recorded run ended as it did',
    more: EXPLAIN_HELP,
  },
  {
    name: 'redact',
    usage: 'redact [files...]',
    help: 'mask secrets in files, or in what is piped in',
    switches: [
      ['--check', 'exit with 1 when there is a secret in it'],
      ['--report', 'print where secrets are, as JSON, in place of the text'],
      ['--list-kinds', 'print the kinds of secret that are known, and read nothing'],
    ],
    more: REDACT_HELP,
  },
  {
    name: 'condense',
    usage: 'condense [files...]',
    help: 'make a long log short',
    switches: [
      ['--stats', 'print the kinds of lines with their counts in place of the text; with -o json as JSON'],
      ['--lines', 'in that JSON, the id of the template of each line, too'],
    ],
    more: CONDENSE_HELP,
  },
  {
    name: 'templates',
    usage: 'templates [action] [name...]',
    help: 'list, show and check templates for prompts',
    more: TEMPLATES_HELP,
  },
  {
    name: 'cache',
    usage: 'cache [action]',
    help: 'list or clear the answers kept for --cache',
    more: CACHE_HELP,
  },
  {
    name: 'history',
    usage: 'history [words...]',
    help: 'list, search and resume runs that were kept',
    switches: [['--failed', 'only runs that did not end well']],
    more: HISTORY_HELP,
  },
  {
    name: 'config',
    usage: 'config',
    help: 'show the settings in force, and their sources',
    switches: [['--all', 'every option, with its default and the variable that sets it']],
    more: CONFIG_HELP,
  },
  {
    name: 'doctor',
    usage: 'doctor [server]',
    help: 'look at claude, login and settings for faults',
    switches: [
      ['--probe', 'send one tiny request, to see whether the login is good; costs a fraction of a cent'],
      ['--start-mcp', 'start the MCP servers of this folder, to see whether they come up'],
      ['--http', 'with mcp: look at what it needs over HTTP'],
    ],
    options: 'mcp',
    more: DOCTOR_HELP,
  },
  {
    name: 'mcp',
    usage: 'mcp',
    help: 'serve runs as tools over MCP, stdio or HTTP',
    switches: [['--http', 'short for --transport streamable-http']],
    more: MCP_HELP,
  },
  { name: 'serve', usage: 'serve', help: 'serve runs over HTTP: REST, event streams, MCP', more: SERVE_HELP },
  {
    name: 'worker',
    usage: 'worker',
    help: 'carry out items of batches from a queue',
    more: WORKER_HELP,
  },
  { name: 'token', usage: 'token', help: 'make a bearer token for a server', more: TOKEN_HELP },
  { name: 'demo', usage: 'demo', help: 'run claude on a sample log, without a key', more: DEMO_HELP },
  {
    name: 'completion',
    usage: 'completion [shell]',
    help: 'print what completes command lines in a shell',
    more: COMPLETION_HELP,
  },
  { name: 'help', usage: 'help [topic]', help: 'explain a topic, such as auth, or list them all' },
] as const;

export type CommandName = 'run' | (typeof COMMANDS)[number]['name'];
