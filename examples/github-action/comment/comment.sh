#!/usr/bin/env bash
# The step of action.yml. Needs GH_TOKEN, with the right to write to pull requests.
set -euo pipefail

[[ $NUMBER =~ ^[0-9]+$ ]]
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The summary is made of what sluice could read as findings, and no part of it is a link, HTML or a mention. An answer that
# is anything else is schema_unmet here, exit code 1.
status=0
GITHUB_STEP_SUMMARY=$work/comment.md GITHUB_OUTPUT=/dev/null \
  sluice replay "$RECORDING" -o github --fail-on-findings warning > "$work/log" || status=$?
if ((status != 0 && status != 7)); then
  echo 'There are no findings to comment with.' >&2
  exit "$status"
fi

# GitHub takes 65,536 characters.
head -c 60000 "$work/comment.md" | iconv -c -f UTF-8 -t UTF-8 > "$work/body.md"
gh pr comment "$NUMBER" --body-file "$work/body.md"
