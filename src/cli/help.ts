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
configuration file: "sluice config --all" names the variable of each, "sluice help mcp" the few that differ.

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

Options can be set for good, in the environment or in a configuration file: "sluice config --help" says how.
`;

/** Shown under the flags of `sluice replay`. */
export const REPLAY_HELP = `The file is a recording (--record, or the output of -o ndjson), or what claude itself printed with
--output-format stream-json or json; without a file, or with -, it is read from stdin. No claude is needed,
and nothing is spent. The flags of a run that say what is printed and masked count too: -o, --json, --ndjson,
--record, --bundle, --max-messages, --max-chars, --full, --no-system-messages, --show-thinking, --color,
--fail-on-denied, --json-schema and all about secrets; see sluice --help.

Examples:
  sluice replay run.ndjson
  sluice replay run.ndjson -o pretty --show-thinking | less
  sluice replay run.ndjson --json | jq .outcome
  claude -p hi --output-format stream-json --verbose | sluice replay

The exit code is that of the run; 2 for what is no recording or cannot be read.
`;

/** Shown under the flags of `sluice config`. */
export const CONFIG_HELP = `A setting comes from the first of these that has it:
  1. flags; any flag of a run can be given here, to see what becomes of it
  2. the environment: SLUICE_MAX_TURNS=20 for --max-turns 20; --all names the variable of each option
  3. the file of --config FILE or SLUICE_CONFIG, in place of your own
  4. the project's file, the nearest upwards: .sluicerc.json, .sluicerc.yaml, or "sluice" in package.json;
     it can lower limits and take permissions away, never more
  5. your own file: $XDG_CONFIG_HOME/sluice/config.json or .yaml, by default ~/.config/sluice/config.json
  6. the default

Files have the names in camelCase: { "maxTurns": 20, "timeout": "5m", "disallowedTools": ["WebFetch"] }.
Secrets in what is shown are masked. With -o json it is one JSON document, defaults included.

Examples:
  sluice config
  SLUICE_RETRIES=2 sluice config --timeout 5m
  sluice config --all | grep -i budget
  sluice config -o json | jq .maxChars
`;

/** Shown under the flags of `sluice demo`. */
export const DEMO_HELP = `The real claude reads the log of a failed deploy and finds the cause. Its answers come from a stub of the
Messages API on this machine: no key and no login are used, nothing is sent anywhere, and nothing is spent.
`;
