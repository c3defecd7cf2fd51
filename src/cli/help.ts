/**
 * The flags that help shows, by command: those that people use first. `sluice help flags` has all. What each does is in its
 * row, up to a semicolon.
 */
export const SHOWN_FLAGS: Readonly<Record<string, readonly string[] | undefined>> = {
  run: [
    '--output --json --record --file --template --model --json-schema',
    '--max-turns --max-budget-usd --timeout --tools --permission-mode --mcp-config',
    '--continue --resume --version --help',
  ].flatMap((line) => line.split(' ')),
  batch: [
    '--out --for --rows --concurrency --tries --retry-failed --retry-uncertain --limit --sample --shuffle --budget',
    '--patches --csv --summary --report --queue --help',
  ].flatMap((line) => line.split(' ')),
  doctor: ['--probe', '--start-mcp', '--http', '--help'],
  mcp: [
    '--root --allow-models --max-runs --max-queued --pass-env --require-sandbox --max-result --http --host --port',
    '--public-url --tokens-file --jwks-url --jwt-issuer --admin-port --audit --log-level --help',
  ].flatMap((line) => line.split(' ')),
  serve: [
    '--root --allow-models --max-runs --max-queued --pass-env --require-sandbox --host --port --ui --max-body --drain-timeout',
    '--public-url --tokens-file --jwks-url --jwt-issuer --allow-origins --admin-port --audit --log-level --help',
  ].flatMap((line) => line.split(' ')),
  worker: (
    '--queue --queue-name --concurrency --lease --root --allow-modes --allow-models --quotas --pass-env --require-sandbox ' +
    '--admin-port --audit --log-level --help'
  ).split(' '),
};

/** Shown under the options. */
export const EXAMPLES = `Examples:
  tail -5000 app.log | sluice "why did the deploy fail?"
`;

/** Shown under the flags of `sluice redact`. */
export const REDACT_HELP = `Files are read one after the other, as cat would; - and no file at all are
stdin. What counts as a secret is said as for a run, by --secret-env,
--secret-file, --secret-pattern, --allow-secret-kind and the like, their
variables, and configuration files; see sluice help redaction.

Exit codes:
  0  done                       74  the output could not be written
  1  a secret found (--check)  130  SIGINT; 143 SIGTERM, 129 SIGHUP
  2  usage, or a file unread   141  the reader went away
`;

/** Shown under the flags of `sluice batch`. */
export const BATCH_HELP = `FILE has an item a row: JSON lines, CSV, TSV, or plain lines; - is stdin. A row
can set any option of a run, by its name in configuration files, and has id,
prompt, files and vars besides. What else it says is attached to the prompt, or
is for the variables of the template. Words behind FILE are the prompt of all
items that have none.

Beside the output lies a journal. Started again, a batch runs what is not done,
and what has changed. Ctrl-C lets finish what runs; twice, it is stopped. More:
sluice help batch.

Examples:
  sluice batch issues.jsonl -t triage --out triage.jsonl
  sluice batch --for 'docs/*.md' "fix the typos" --out fixed --worktree \\
    --patches patches --allowed-tools Edit

Exit codes: 0 all is done; 1 some is not; 75 what is left is worth another try;
otherwise why it ended before its last item, as for a run.
`;

/** Shown under the flags of `sluice condense`. */
export const CONDENSE_HELP = `Files are read one after the other, as cat would; - and no file at all are
stdin. Secrets are masked first. A text within --input-budget goes through as it
is. Of a longer one come beginning, end, and between them what says most:
errors with what is around them, stack traces once, rare lines before frequent
ones. Each gap has a line that says what was left out. More: sluice help
condense.

Examples:
  sluice condense app.log | less
  journalctl -u app | sluice condense --input-budget 20k
  sluice condense --stats app.log
  sluice condense --stats --lines -o json app.log | jq .templates
`;

/** Shown under the flags of `sluice mcp`. */
export const MCP_HELP = `What a query may do at most is said as for a run: --allowed-tools,
--permission-mode, --model, --max-turns, --max-budget-usd, --timeout and all
others of sluice help flags. A query may ask for less of each, and is refused
when it asks for more. More: sluice help mcp.

Each option can be set as SLUICE_SERVER_NAME in the environment, those of the
group MCP as SLUICE_MCP_NAME, or in a configuration file; "sluice config --all"
names the variable of each.

Examples:
  claude mcp add sluice -- sluice mcp --root ~/src/app
  sluice mcp --http --root /srv/app --tokens-file tokens --audit audit.jsonl
`;

/** Shown under the flags of `sluice serve`. */
export const SERVE_HELP = `POST /v1/queries takes { "prompt": "…" } and answers with the bundle, or with a
stream of events (Accept: text/event-stream); GET /openapi.json has all that can
be asked, and /mcp is MCP. What a query may do at most is said as for sluice
mcp. More: sluice help serve.

Examples:
  sluice serve --root ~/src/app
  curl -N localhost:8000/v1/queries -H 'content-type: application/json' \\
    -H 'accept: text/event-stream' -d '{"prompt": "where is the entry point?"}'
`;

/** Shown under the flags of `sluice worker`. */
export const WORKER_HELP = `Takes items that sluice batch --queue puts there, and carries them out with the
claude and the login of this machine. What an item may do at most is said as for
sluice serve; what goes further is refused. Ctrl-C lets finish what runs; twice,
what has changed nothing yet goes back to the queue. More: sluice help batch.

Examples:
  sluice worker --queue redis://127.0.0.1:6379 --root ~/src/app --concurrency 4
  SLUICE_QUEUE=rediss://me:PASSWORD@queue.example.com sluice worker
`;

/** Shown under the flags of `sluice token`. */
export const TOKEN_HELP = `The token is printed once, on stdout; nothing keeps it. With --tokens-file its
digest is added to that file.

Examples:
  sluice token --subject alice --scopes query --lifetime 12h --tokens-file FILE
  (umask 077; head -c 32 /dev/urandom | base64 > secret)
  sluice token --subject alice --jwt --jwt-secret-file secret \\
    --jwt-audience https://example.com/mcp
`;

/** All of them, in a word each; "sluice help outcomes" explains them. */
export const EXIT_CODE_HELP = `Exit codes: 0 success · 1 failed · 2 usage · 3 no claude · 4 login · 5 budget
6 crash · 7 denied · 70 74 fault · 75 retry · 124 time · 129 130 141 143 signal
`;

/** Shown under the flags of `sluice replay`. */
export const REPLAY_HELP = `The file is a recording (--record, or the output of -o ndjson), or what claude
itself printed with --output-format stream-json or json; without a file, or
with -, it is read from stdin. No claude is needed, and nothing is spent. The
flags of a run that say what is printed and masked count too: -o, --json,
--record, --bundle, --max-messages, --max-chars, --full, --show-thinking,
--color, --fail-on-denied, --json-schema and all about secrets.

Examples:
  sluice replay run.ndjson
  sluice replay run.ndjson -o pretty --show-thinking | less
  sluice replay run.ndjson --json | jq .outcome
  claude -p hi --output-format stream-json --verbose | sluice replay
  sluice replay run.ndjson --as-claude > claude && chmod +x claude

The exit code is that of the run; 2 for what is no recording or can't be read.
`;

/** Shown under the flags of `sluice report`. */
export const REPORT_HELP = `The file is what sluice replay reads; without one, or with -, it is read from
stdin. The page, on stdout, is one file: transcript, timeline, tokens and cost.
It loads nothing, and nothing in the transcript can act in it. Secrets are
masked, and long strings clipped, as --max-chars and --full have it.

Examples:
  sluice report run.ndjson > run.html
  ssh ci cat run.ndjson | sluice report > run.html

Exit codes: 0 it is written; 2 for what is no recording, or can't be read; 74
the output could not be written.
`;

/** Shown under the flags of `sluice explain`. */
export const EXPLAIN_HELP = `The file is what sluice replay reads; without one, or with -, it is read from
stdin. What the verdict goes by is told in words, then the longest waits, the
last call of a tool, and what to try. No model is asked. With -o json it is
one document.

Examples:
  sluice --record run.ndjson "fix the tests" || sluice explain run.ndjson
  sluice explain run.ndjson -o json | jq -r '.advice[]'

Exit codes: 0 it is explained; 2 for what is no recording, or can't be read.
`;

/** Shown under the flags of `sluice templates`. */
export const TEMPLATES_HELP = `The action is list (the default), show NAME, or check, which reads those that
are named, or all there are, and tells each mistake with its line. A name is
looked for in ~/.config/sluice/templates ($XDG_CONFIG_HOME), among those of
sluice, and in the project's .sluice/templates, the nearest upwards; what has a
slash in it or ends in .md is a path. With -o json it is one JSON document.
More: sluice help templates.

Examples:
  sluice templates
  sluice templates show log-triage > ~/.config/sluice/templates/triage.md
  sluice templates check .sluice/templates/*.md
  tail -5000 app.log | sluice -t log-triage --var service=api

Exit codes: 0 all is well; 2 a mistake in a template, or there is none.
`;

/** Shown under the flags of `sluice cache`. */
export const CACHE_HELP = `The action is list, which is what happens without one, or clear. Answers are
kept by runs with --cache DURATION, and given again to those that ask the very
same: sluice help cache tells what that is. They lie in sluice/cache in
$XDG_STATE_HOME, redacted, for a week at most. -o json prints one document.

Examples:
  git diff main | sluice --cache 1h "review this"
  sluice cache
  sluice cache clear
`;

/** Shown under the flags of `sluice history`. */
export const HISTORY_HELP = `The action is list, which is what happens without one, search WORDS, show ID,
resume ID [PROMPT], cost or prune; of an ID, its beginning will do. Runs are
kept by --history, or "history": true in your configuration file, redacted;
those of servers in the same folder are listed too. --cwd, --model, --label and
--resume choose runs as well. show takes the flags of sluice replay, resume
those of a run. -o json prints one document. More: sluice help history.

Examples:
  sluice history --failed --since yesterday
  sluice history search "TypeError: x is not" --cwd ~/shop
  sluice history show 1a2b3c4d -o pretty | less -R
  sluice history resume 1a2b3c4d "now fix the tests, too"
  sluice history cost --by model --since 30d
`;

/** Shown under the flags of `sluice config`. */
export const CONFIG_HELP = `A setting comes from the first of these that has it:
  1. flags; any flag of a run can be given here, to see what becomes of it
  2. the environment: SLUICE_MAX_TURNS=20 for --max-turns 20
  3. the template of -t
  4. the file of --config FILE or SLUICE_CONFIG, in place of your own
  5. the project's file, the nearest upwards: .sluicerc.json, .sluicerc.yaml, or
     "sluice" in package.json; it can lower limits and take permissions away
  6. your own file: ~/.config/sluice/config.json or .yaml ($XDG_CONFIG_HOME)
  7. the default

Files have the names in camelCase: { "maxTurns": 20, "timeout": "5m" }. Secrets
in what is shown are masked. With -o json it is one JSON document, defaults
included. More: sluice help config.

Examples:
  sluice config
  SLUICE_RETRIES=2 sluice config --timeout 5m
  sluice config --all | grep -i budget
`;

/** Shown under the flags of `sluice completion`. */
export const COMPLETION_HELP = `The shell is bash, zsh or fish. Commands, flags and their values are completed:
models, modes, tools, kinds of secret, templates, topics, and the sessions of
the folder.

  bash  echo 'source <(sluice completion bash)' >> ~/.bashrc
  zsh   echo 'source <(sluice completion zsh)' >> ~/.zshrc
  fish  sluice completion fish > ~/.config/fish/completions/sluice.fish
`;

/** Shown under the flags of `sluice doctor`. */
export const DOCTOR_HELP = `What a run here would find is looked at: claude and its version, the way it is
let in, its settings and ours, MCP servers, network, disk, machine, sandbox and
terminal; with mcp or serve also what a server needs. Any flag of a run can be
given, to see what becomes of it. Nothing is sent and nothing is started, unless
a flag says so. With -o json it is one JSON document.

Examples:
  sluice doctor
  sluice doctor --probe --json | jq '.findings[] | select(.level == "error")'
  sluice doctor mcp --http --tokens-file tokens

Exit codes: 0 all works, warnings or not; 1 something keeps runs from working.
`;

/** Shown under the flags of `sluice demo`. */
export const DEMO_HELP = `The real claude reads the log of a failed deploy and finds the cause. Its
answers come from a stub of the Messages API on this machine: no key and no
login are used, nothing is sent anywhere, and nothing is spent.
`;
