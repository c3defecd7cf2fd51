type Variables = Readonly<Record<string, string | undefined>>;

/** What any program needs, and what claude reads; `PREFIX_*` for many. */
const ALWAYS = [
  'PATH HOME USER LOGNAME SHELL LANG LANGUAGE LC_* TZ TERM TMPDIR XDG_*',
  'HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY NODE_EXTRA_CA_CERTS SSL_CERT_FILE SSL_CERT_DIR',
  'ANTHROPIC_* CLAUDE_* API_TIMEOUT_MS BASH_*_MS BASH_MAX_OUTPUT_LENGTH MAX_THINKING_TOKENS DISABLE_* DO_NOT_TRACK',
  'MCP_TIMEOUT MCP_TOOL_TIMEOUT MAX_MCP_OUTPUT_TOKENS ENABLE_TOOL_SEARCH USE_BUILTIN_RIPGREP IS_SANDBOX',
  // Windows starts hardly anything without these.
  'SYSTEMROOT WINDIR COMSPEC PATHEXT TEMP TMP USERPROFILE APPDATA LOCALAPPDATA',
].flatMap((line) => line.split(' '));

/** What claude logs in with at a cloud, where that is switched on. */
const CLOUDS: readonly { readonly switch: string; readonly names: readonly string[] }[] = [
  { switch: 'CLAUDE_CODE_USE_BEDROCK', names: ['AWS_*'] },
  {
    switch: 'CLAUDE_CODE_USE_VERTEX',
    names: ['GOOGLE_*', 'GCLOUD_*', 'CLOUDSDK_*', 'VERTEX_*', 'CLOUD_ML_REGION'],
  },
  { switch: 'CLAUDE_CODE_USE_FOUNDRY', names: ['AZURE_*'] },
];

/**
 * The variables that claude is given: those it needs to run and to log in, and what the operator names besides. All else
 * of the server's environment is nothing that a tool should print.
 */
export function childVariables(env: Variables, more: readonly string[]): Record<string, string> {
  const clouds = CLOUDS.filter((cloud) => isOn(env[cloud.switch])).flatMap(({ names }) => names);
  const isPassed = matcherOf([...ALWAYS, ...clouds, ...more]);
  const passed: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && isPassed(name)) passed[name] = value;
  }
  return passed;
}

/** As claude reads its switches. */
function isOn(value: string | undefined): boolean {
  return ['1', 'true', 'yes', 'on'].includes(value?.trim().toLowerCase() ?? '');
}

/** Case does not count: proxies are written either way, and Windows knows none. */
function matcherOf(names: readonly string[]): (name: string) => boolean {
  const pieces = names.map((name) => name.split('*').map(escaped).join('.*'));
  const pattern = new RegExp(`^(?:${pieces.join('|')})$`, 'is');
  return (name) => pattern.test(name);
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
