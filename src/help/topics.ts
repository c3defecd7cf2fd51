/** One thing that is explained at length. */
interface Topic {
  /** What it is about, in a list of all of them. */
  readonly about: string;
  /** Loads the text, which is in nobody's way until then. */
  readonly load: () => Promise<{ readonly default: string }>;
}

/** What `sluice help` explains, in the order of its list. Each is a file of Markdown beside this one. */
export const TOPICS = {
  recipes: { about: 'command lines for common jobs, and good practice', load: () => import('./recipes.md?raw') },
  flags: { about: 'every flag, by group', load: () => import('./flags.md?raw') },
  config: {
    about: 'configuration files, environment variables, which one wins',
    load: () => import('./config.md?raw'),
  },
  auth: {
    about: 'API keys, logins, Bedrock, Vertex, gateways; what fails headless',
    load: () => import('./auth.md?raw'),
  },
  output: { about: 'output formats, recordings, stderr, colours', load: () => import('./output.md?raw') },
  ci: { about: 'GitHub Actions, GitLab and others: logs, findings, reports', load: () => import('./ci.md?raw') },
  messages: { about: 'every message type, event by event', load: () => import('./messages.md?raw') },
  outcomes: { about: 'how a run ends: classes, exit codes, what to retry', load: () => import('./outcomes.md?raw') },
  bundle: { about: 'the JSON document of --json, field by field', load: () => import('./bundle.md?raw') },
  condense: { about: 'logs that are too long, and sluice condense', load: () => import('./condense.md?raw') },
  templates: {
    about: 'prompts in files, with variables; those that come along',
    load: () => import('./templates.md?raw'),
  },
  batch: { about: 'many prompts, and again what was not done', load: () => import('./batch.md?raw') },
  cache: { about: 'answers of earlier runs, given again, and sluice cache', load: () => import('./cache.md?raw') },
  history: { about: 'runs that are kept: list, search, show, resume, costs', load: () => import('./history.md?raw') },
  cron: { about: 'jobs that nobody watches: locks, pings, metrics, mail', load: () => import('./cron.md?raw') },
  redaction: { about: 'secrets: what is masked, and sluice redact', load: () => import('./redaction.md?raw') },
  security: { about: 'who is trusted, prompts, secrets, terminals', load: () => import('./security.md?raw') },
  process: { about: 'signals, time limits, retries, what is left running', load: () => import('./process.md?raw') },
  mcp: { about: 'sluice as an MCP server, on stdio and HTTP', load: () => import('./mcp.md?raw') },
  serve: { about: 'sluice as an HTTP gateway: REST, event streams, OpenAPI', load: () => import('./serve.md?raw') },
  gateway: { about: 'runs at a gateway in place of here: --gateway', load: () => import('./gateway.md?raw') },
  library: { about: 'run, stream and replay from JavaScript', load: () => import('./library.md?raw') },
  testing: {
    about: 'tests without a claude: stand-ins, and a gateway in memory',
    load: () => import('./testing.md?raw'),
  },
} as const satisfies Readonly<Record<string, Topic>>;

export type TopicName = keyof typeof TOPICS;

export function isTopic(name: string): name is TopicName {
  return Object.hasOwn(TOPICS, name);
}

/** The text of a topic, as Markdown: without the marks of what is generated, and with links that make sense in a terminal. */
export async function readTopic(name: TopicName): Promise<string> {
  const { default: text } = await TOPICS[name].load();
  return text
    .replaceAll(/^<!--.*-->\n/gm, '')
    .replaceAll(/\[([^\]]+)\]\((\w+)\.md(?:#[\w-]+)?\)/g, (_, words, topic) =>
      topic === name ? words : `${words} (sluice help ${topic})`,
    )
    .replaceAll('](../../', '](');
}
