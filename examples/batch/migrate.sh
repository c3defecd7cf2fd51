#!/usr/bin/env bash
# Makes the same change in many repositories: each in a worktree of its own, the change kept as a patch, and nothing pushed.
# Run it again to go on where it stopped.
#
#   migrate.sh 'Replace moment by date-fns' ~/src/*
#   git -C ~/src/app apply "$PWD"/patches/app.patch
set -euo pipefail

task=${1:?say what to do, and in which repositories}
shift

# A row for each repository, named after its folder.
for repository in "$@"; do
  node -p 'JSON.stringify({ id: require("path").basename(process.argv[1]), cwd: process.argv[1] })' "$(realpath "$repository")"
done > migration.jsonl

# --worktree   what is done there is done nowhere else; uncommitted work stays as it is, and is not seen
# --allowed-tools   enough to edit; add the command of your tests, such as 'Bash(npm test)'
sluice batch migration.jsonl "$task" --out migrated --worktree --patches patches --report migration.html \
  --allowed-tools Read,Glob,Grep,Edit,Write --max-budget-usd "${EACH:-2}" --budget "${ALL:-50}"
