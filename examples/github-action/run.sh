#!/usr/bin/env bash
# The step of action.yml, which says what it is given. Its exit code is sluice's: 7 where --fail-on-findings found something.
set -euo pipefail

reports=$RUNNER_TEMP/sluice
mkdir -p "$reports"
printf '%s\n' "$PROMPT" > "$reports/prompt"

# --tools, --setting-sources, --strict-mcp-config   what is checked out does not get to configure who looks at it
# --scrub-tool-env                                what it says cannot have tools print the job's secrets
# --record                                          all that happened, masked: for "sluice replay", and for another job
arguments=(
  -o github --no-stdin --prompt-file "$reports/prompt"
  --tools "$TOOLS" --setting-sources user --strict-mcp-config --scrub-tool-env
  --bundle "$reports/run.json" --record "$reports/run.ndjson"
)
if [[ $SLUICE_FINDINGS == true ]]; then arguments+=(--sarif "$reports/findings.sarif"); fi
if [[ -n $FAIL_ON_FINDINGS ]]; then arguments+=(--fail-on-findings "$FAIL_ON_FINDINGS"); fi
if [[ -n $ATTACH ]]; then arguments+=(--file "$ATTACH"); fi

exec sluice "${arguments[@]}"
