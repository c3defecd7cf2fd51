/** Shown under the options. */
export const EXAMPLES = `Examples:
  tail -5000 app.log | sluice "why did the deploy fail?"
  tail -f app.log | sluice --stdin-timeout 10s "what is going on?"
  sluice --json "review this diff" < pr.diff > review.json
  sluice "which index is missing?" --file schema.sql --max-budget-usd 0.50
  sluice --allowed-tools "Bash(git log:*)" Read --timeout 5m "what changed since v1.2?"
  sluice --record run.ndjson "…" ; sluice replay run.ndjson -o json
  sluice redact app.log > safe.log ; sluice redact --check --report src/*.ts
  sluice "…" -- --some-new-flag-of-claude
`;

/** Shown under the flags of `sluice redact`. */
export const REDACT_HELP = `Files are read one after the other, as cat would; - and no file at all are stdin. What counts as a secret,
and what does not, is said as for a run: --secret-env, --secret-file, --secret-pattern, --allow-secret-kind,
--allow-secret-value, --allow-secret-pattern, their variables, and the configuration files; see sluice --help.

Exit codes:
  0    done                             74  the output could not be written
  1    a secret was found (--check)     130 SIGINT, 143 SIGTERM, 129 SIGHUP
  2    usage, or a file went unread     141 the reader went away
`;

/** Shown under the flags of `sluice mcp`. */
export const MCP_HELP = `What a query may do at most is said as for a run: --allowed-tools, --disallowed-tools, --permission-mode,
--model, --max-turns, --max-budget-usd, --timeout, --max-prompt, --mcp-config, --setting-sources and all others of
sluice --help. A query may ask for less of each, and is refused when it asks for more.

Each option can be set as SLUICE_SERVER_NAME in the environment, those under "MCP" as SLUICE_MCP_NAME, or in a
configuration file: see "sluice config", and README.md for the few that have another name there.

Examples:
  claude mcp add sluice -- sluice mcp --root ~/src/app
  sluice mcp --http --root /srv/app --tokens-file /etc/sluice/tokens --audit /var/log/sluice/audit.jsonl
`;

/** Shown under the flags of `sluice token`. */
export const TOKEN_HELP = `The token is printed once, on stdout; nothing keeps it. With --tokens-file its digest is added to that file.

Examples:
  sluice token --subject alice --scopes query --lifetime 12h --tokens-file /etc/sluice/tokens
  (umask 077; head -c 32 /dev/urandom | base64 > secret)
  sluice token --subject alice --jwt --jwt-secret-file secret --jwt-audience https://example.com/mcp
  claude mcp add --transport http sluice http://127.0.0.1:8001/mcp --header "Authorization: Bearer TOKEN"
`;

/** One line an exit code; the table behind it is the outcome's own. */
export const EXIT_CODE_HELP = `Exit codes:
  0    success                          7   a tool was denied (--fail-on-denied)
  1    the agent failed or refused      70  sluice itself failed
  2    usage or configuration           74  an output could not be written
  3    no usable claude                 75  try again: rate limit, overload, network
  4    authentication or billing        124 --timeout, or nothing happened any more
  5    turn or budget limit             130 SIGINT, 143 SIGTERM, 129 SIGHUP
  6    claude crashed, output cut       141 the reader went away

Every option can be set as SLUICE_NAME in the environment, or in a configuration file: see "sluice config".
`;
