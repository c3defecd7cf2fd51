#!/bin/sh
# Asks once a night what went wrong in a log. Cron mails what is printed:
#
#   15 3 * * *  LOG=/var/log/app.log /opt/triage/nightly-triage.sh
#
# Cron's PATH is short. If it lacks sluice, node or claude, set PATH at the top of the crontab.
set -eu

log=${LOG:?set LOG to the log to read}
runs=${RUNS:-$HOME/.local/state/triage}
record=$runs/$(date +%F).ndjson
mkdir -p "$runs"

# --require-stdin   where tail fails there is nothing to ask about, and nothing is spent
# --tools ''        all there is to know is piped in, so no tool is needed, and none is there to be misused
# --scrub-tool-env  no hook of yours needs to know the key; --quiet: nor does each mail need to say so
# --timeout         nobody is awake to press Ctrl-C
# --record          every event, redacted, as it happens: in the morning, "sluice replay FILE" shows what went on
status=0
tail -n 5000 "$log" | sluice --require-stdin --tools '' --scrub-tool-env --quiet \
  --max-budget-usd 0.50 --timeout 5m --record "$record" \
  'What went wrong in this log since yesterday? Causes before symptoms, ten lines at most.' || status=$?

# What failed is on stderr already, and so in the same mail. Busy is not broken: 75 needs nobody's attention.
case $status in
  0) ;;
  75) echo 'The API was busy; the next night will do.' && status=0 ;;
  *) echo "The run, as far as it came: sluice replay $record" >&2 ;;
esac

find "$runs" -name '*.ndjson' -mtime +30 -delete
exit "$status"
