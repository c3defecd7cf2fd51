#!/usr/bin/env bash
# Reviews what this branch changed and prints one finding a line.
#
#   review.sh [BASE]     BASE: what to compare with, default origin/main
#
# Exit code: 0 approved, 1 changes wanted; anything else is sluice's own (75: try again later).
# Leaves review.json behind, the whole run as a bundle: keep it as an artifact of the CI job.
set -euo pipefail

base=${1:-origin/main}
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
diff=$(mktemp)
trap 'rm -f "$diff"' EXIT

git diff "$base...HEAD" > "$diff"
if [[ ! -s $diff ]]; then
  echo "nothing to review: HEAD has no changes over $base"
  exit 0
fi

# --require-stdin     no diff, no review
# --tools             what exists: the reviewer may look around the checkout, and has nothing to change or run it with
# --json-schema       an answer that is not of this shape ends as schema_unmet, never as a success
# --setting-sources   the branch under review does not get to configure its own reviewer
# --scrub-tool-env    nor to find the job's secrets in the environment of tools
status=0
sluice --json --require-stdin \
  --tools Read,Grep,Glob \
  --json-schema "$(cat "$here/schema.json")" \
  --setting-sources user --strict-mcp-config --scrub-tool-env \
  --max-turns 30 --max-budget-usd 1 --timeout 10m \
  "Review the attached diff. Report what is wrong or risky, nothing else." \
  < "$diff" > review.json || status=$?

# sluice has said on stderr what happened.
if (( status != 0 )); then
  exit "$(( status == 1 ? 70 : status ))" # 1 is taken: it means "changes wanted" here
fi

node "$here/print-findings.mjs" review.json
